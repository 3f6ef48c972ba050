using System.Buffers.Binary;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Reads numbers and vectors of TLS's presentation language (RFC 8446 section 3); what is too short is empty from then on.</summary>
internal ref struct VectorReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether something was too short.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether there is nothing more to read.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>One byte.</summary>
    public int UInt8() => Take(1) is [var number] ? number : 0;

    /// <summary>A number of two bytes.</summary>
    public ushort UInt16() => Take(2) is { Length: 2 } number ? BinaryPrimitives.ReadUInt16BigEndian(number) : (ushort)0;

    /// <summary>A vector with a length of one byte.</summary>
    public ReadOnlySpan<byte> Vector8() => Take(UInt8());

    /// <summary>A vector with a length of two bytes.</summary>
    public ReadOnlySpan<byte> Vector16() => Take(UInt16());

    /// <summary>Passes over bytes.</summary>
    public void Skip(int count) => Take(count);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            Failed = true;
            _rest = default;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
