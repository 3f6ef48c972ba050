using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>Writes the fields of DNS messages (RFC 1035 section 4.1), names without compression.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Two bytes.</summary>
    public WireWriter Short(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Four bytes.</summary>
    public WireWriter Int(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Bytes as they are.</summary>
    public WireWriter Bytes(ReadOnlySpan<byte> value)
    {
        _bytes.Write(value);
        return this;
    }

    /// <summary>Bytes after their number in two bytes.</summary>
    public WireWriter Counted(ReadOnlySpan<byte> value) => Short(value.Length).Bytes(value);

    /// <summary>A name; it must have been checked.</summary>
    public WireWriter Name(string name)
    {
        foreach (var label in name.TrimEnd('.').Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = Encoding.ASCII.GetBytes(label.ToLowerInvariant());
            if (bytes.Length > 63)
                throw new DnsException($"\"{label}\" in {name} has {bytes.Length} letters; a label has 63 at most.");
            _bytes.Write<byte>([(byte)bytes.Length, .. bytes]);
        }
        _bytes.Write("\0"u8);
        return this;
    }
}
