using System.Buffers.Binary;
using System.Text;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

/// <summary>Records made and read independently of the code under test.</summary>
internal static class FastCgiBytes
{
    public static byte[] Record(FastCgiRecordType type, ReadOnlySpan<byte> content, int padding = 0)
    {
        var record = new byte[8 + content.Length + padding];
        (record[0], record[1], record[3], record[6]) = (1, (byte)type, 1, (byte)padding);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(4), (ushort)content.Length);
        content.CopyTo(record.AsSpan(8));
        record.AsSpan(8 + content.Length).Fill(0xee);
        return record;
    }

    public static byte[] Record(FastCgiRecordType type, string content, int padding = 0) => Record(type, Encoding.Latin1.GetBytes(content), padding);

    public static byte[] End(int status = 0, byte protocolStatus = 0)
    {
        var body = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(body, status);
        body[4] = protocolStatus;
        return Record(FastCgiRecordType.EndRequest, body);
    }

    /// <summary>The records of a request.</summary>
    public static List<(FastCgiRecordType Type, byte[] Content)> Records(ReadOnlySpan<byte> bytes)
    {
        List<(FastCgiRecordType, byte[])> records = [];
        while (!bytes.IsEmpty)
        {
            Assert.Equal(1, bytes[0]);
            Assert.Equal(1, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
            records.Add(((FastCgiRecordType)bytes[1], bytes.Slice(8, length).ToArray()));
            bytes = bytes[(8 + length + bytes[6])..];
        }

        return records;
    }

    /// <summary>The pairs of one PARAMS record, which must hold whole ones.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(byte[] content)
    {
        for (var at = 0; at < content.Length;)
        {
            var name = Length(content, ref at);
            var value = Length(content, ref at);
            yield return new(Encoding.UTF8.GetString(content, at, name), Encoding.UTF8.GetString(content, at + name, value));
            at += name + value;
        }
    }

    private static int Length(byte[] content, ref int at)
    {
        if (content[at] < 0x80)
            return content[at++];
        at += 4;
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(at - 4)) & 0x7fff_ffff);
    }
}
