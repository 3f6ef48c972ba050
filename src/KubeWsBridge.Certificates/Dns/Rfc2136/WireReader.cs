using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>Reads the fields of DNS messages, and never beyond their end.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where the next field starts.</summary>
    public int Position { get; private set; }

    /// <summary>Two bytes.</summary>
    public int Short() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    /// <summary>Four bytes.</summary>
    public uint Int() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _message.Length - Position)
            throw new FormatException("The DNS message ends too early.");
        var bytes = _message.Slice(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>Bytes after their number in two bytes.</summary>
    public ReadOnlySpan<byte> Counted() => Bytes(Short());

    /// <summary>A name, lower-case and without its last dot; a compressed rest is left out, for only names that are never compressed matter here.</summary>
    public string Name()
    {
        var name = new StringBuilder();
        while (true)
        {
            int length = Bytes(1)[0];
            if (length == 0)
                return name.ToString();
            if (length >= 0xC0)
            {
                Bytes(1);
                return name.ToString();
            }
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(Bytes(length)).ToLowerInvariant());
        }
    }
}
