using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>Signs requests and checks the signatures of their answers (RFC 8945 sections 5.1 and 5.3).</summary>
internal static class SignedMessage
{
    private const int Fudge = 300;
    private const int AdditionalCount = 10;

    /// <summary>The message with a signature at its end, and the signature.</summary>
    public static (byte[] Message, byte[] Mac) Sign(byte[] message, TsigKey key, long time)
    {
        var id = BinaryPrimitives.ReadUInt16BigEndian(message);
        var record = new TsigRecord(DnsName.Normalize(key.Name), key.Algorithm.Name, time, Fudge, [], id, 0, []);
        record = record with { Mac = key.Sign([.. message, .. record.ToVariables()]) };
        byte[] signed = [.. message, .. record.ToRecord()];
        BinaryPrimitives.WriteUInt16BigEndian(signed.AsSpan(AdditionalCount), (ushort)(BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(AdditionalCount)) + 1));
        return (signed, record.Mac);
    }

    /// <summary>Whether the server that signed this answer has our key, and answers this very request.</summary>
    public static bool IsGenuine(UpdateAnswer answer, TsigKey key, byte[] requestMac, long now)
    {
        if (answer.Signature is not { Mac.Length: > 0 } record
            || record.KeyName != DnsName.Normalize(key.Name) || record.Algorithm != key.Algorithm.Name
            || (Math.Abs(record.Time - now) > record.Fudge && record.Error == 0))
            return false;
        var unsigned = answer.Message[..answer.SignatureStart];
        BinaryPrimitives.WriteUInt16BigEndian(unsigned, (ushort)record.OriginalId);
        BinaryPrimitives.WriteUInt16BigEndian(unsigned.AsSpan(AdditionalCount), (ushort)(BinaryPrimitives.ReadUInt16BigEndian(unsigned.AsSpan(AdditionalCount)) - 1));
        byte[] text = [.. new WireWriter().Counted(requestMac).ToArray(), .. unsigned, .. record.ToVariables()];
        return CryptographicOperations.FixedTimeEquals(key.Sign(text), record.Mac);
    }
}
