namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>The signature at the end of a DNS message (RFC 8945 section 4.2).</summary>
/// <param name="KeyName">The key's name.</param>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Time">When it was made, seconds since 1970.</param>
/// <param name="Fudge">Seconds the clocks may differ.</param>
/// <param name="Mac">The signature; empty when the server could not check ours.</param>
/// <param name="OriginalId">The message's id when it was signed.</param>
/// <param name="Error">What was wrong with our signature, 0 when nothing.</param>
/// <param name="Other">With a wrong time: the server's time.</param>
internal sealed record TsigRecord(
    string KeyName, string Algorithm, long Time, int Fudge, byte[] Mac, int OriginalId, int Error, byte[] Other)
{
    /// <summary>The type of these records.</summary>
    public const int Type = 250;

    private const int ClassAny = 255;

    /// <summary>The record as it stands in the additional section.</summary>
    public byte[] ToRecord() => new WireWriter()
        .Name(KeyName).Short(Type).Short(ClassAny).Int(0)
        .Counted(new WireWriter().Name(Algorithm).Bytes(TimeBytes()).Short(Fudge).Counted(Mac).Short(OriginalId).Short(Error).Counted(Other).ToArray())
        .ToArray();

    /// <summary>What of the record is signed besides the message (section 4.3.3).</summary>
    public byte[] ToVariables() => new WireWriter()
        .Name(KeyName).Short(ClassAny).Int(0).Name(Algorithm).Bytes(TimeBytes()).Short(Fudge).Short(Error).Counted(Other)
        .ToArray();

    /// <summary>Reads a record's data.</summary>
    public static TsigRecord Read(string keyName, ReadOnlySpan<byte> data)
    {
        var reader = new WireReader(data);
        var algorithm = reader.Name();
        var time = ((long)reader.Short() << 32) | reader.Int();
        var fudge = reader.Short();
        var mac = reader.Counted().ToArray();
        return new TsigRecord(keyName, algorithm, time, fudge, mac, reader.Short(), reader.Short(), reader.Counted().ToArray());
    }

    private byte[] TimeBytes() => new WireWriter().Short((int)(Time >> 32)).Int((uint)Time).ToArray();
}
