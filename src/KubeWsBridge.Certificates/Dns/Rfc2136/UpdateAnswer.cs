namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>A server's answer to an update.</summary>
/// <param name="Message">All of it.</param>
/// <param name="Id">Its id.</param>
/// <param name="Code">Its response code.</param>
/// <param name="Signature">Its signature; null when it has none.</param>
/// <param name="SignatureStart">Where the signature starts.</param>
internal sealed record UpdateAnswer(byte[] Message, int Id, int Code, TsigRecord? Signature, int SignatureStart)
{
    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static UpdateAnswer Read(byte[] message)
    {
        var reader = new WireReader(message);
        var id = reader.Short();
        var code = reader.Short() & 0xF;
        var questions = reader.Short();
        var records = reader.Short() + reader.Short() + reader.Short();
        for (; questions > 0; questions--)
        {
            reader.Name();
            reader.Bytes(4);
        }
        for (; records > 0; records--)
        {
            var start = reader.Position;
            var name = reader.Name();
            var type = reader.Short();
            reader.Bytes(6);
            var data = reader.Counted();
            // It is the last record, or it is no signature (section 5.1).
            if (records == 1 && type == TsigRecord.Type)
                return new UpdateAnswer(message, id, code, TsigRecord.Read(name, data), start);
        }
        return new UpdateAnswer(message, id, code, null, message.Length);
    }
}
