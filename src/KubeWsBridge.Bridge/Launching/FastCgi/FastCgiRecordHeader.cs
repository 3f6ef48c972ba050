using System.Buffers.Binary;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>What stands before each record's content (FastCGI 1.0, section 3.3).</summary>
/// <param name="Type">The record's type; may be one this program has no name for.</param>
/// <param name="ContentLength">Bytes of content.</param>
/// <param name="PaddingLength">Bytes to skip after the content.</param>
internal readonly record struct FastCgiRecordHeader(FastCgiRecordType Type, ushort ContentLength, byte PaddingLength)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 8;

    private const byte Version = 1;
    private const ushort RequestId = 1; // there is one request per connection, so it has always the same id

    /// <summary>Takes a header apart.</summary>
    /// <exception cref="InvalidDataException">These bytes are no FastCGI.</exception>
    public static FastCgiRecordHeader Read(ReadOnlySpan<byte> bytes) => bytes[0] == Version
        ? new((FastCgiRecordType)bytes[1], BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), bytes[6])
        : throw new InvalidDataException("What listens there does not speak FastCGI: --fastcgi-address must be the listen address of a PHP-FPM pool.");

    /// <summary>Puts the header in front of its content.</summary>
    public void Write(Span<byte> target)
    {
        target[0] = Version;
        target[1] = (byte)Type;
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], RequestId);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], ContentLength);
        target[6] = PaddingLength;
        target[7] = 0;
    }
}
