using System.Text;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>Writes UPDATE messages (RFC 2136) that add or remove one TXT value.</summary>
internal static class UpdateMessage
{
    private const int UpdateOpcode = 5 << 11;
    private const int TypeTxt = 16;
    private const int TypeSoa = 6;
    private const int ClassIn = 1;
    private const int ClassNone = 254;

    /// <summary>Adds the value to the set (section 2.5.1).</summary>
    public static byte[] Add(int id, TxtRecord record) => Write(id, record, ClassIn, (uint)record.TtlSeconds);

    /// <summary>Removes the value from the set, whatever its time to live (section 2.5.4).</summary>
    public static byte[] Remove(int id, TxtRecord record) => Write(id, record, ClassNone, 0);

    private static byte[] Write(int id, TxtRecord record, int recordClass, uint ttl) => new WireWriter()
        // One zone, no prerequisites, one update, nothing besides.
        .Short(id).Short(UpdateOpcode).Short(1).Short(0).Short(1).Short(0)
        .Name(record.Zone).Short(TypeSoa).Short(ClassIn)
        .Name(record.Name).Short(TypeTxt).Short(recordClass).Int(ttl).Counted(Text(record.Value))
        .ToArray();

    private static byte[] Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        // Strings of 255 bytes at most, one after the other, make one value.
        return [.. bytes.Chunk(255).SelectMany(part => part.Prepend((byte)part.Length))];
    }
}
