using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Writes a whole request without a body: BEGIN_REQUEST, PARAMS, an empty STDIN. It does no I/O.</summary>
internal static class FastCgiRequestWriter
{
    private const int MaxContent = ushort.MaxValue;
    private const int LongLength = 4;
    private const uint LongMark = 0x8000_0000;

    // FCGI_RESPONDER, and no FCGI_KEEP_CONN: one request per connection.
    private static ReadOnlySpan<byte> Responder => [0, 1, 0, 0, 0, 0, 0, 0];

    /// <summary>The request's bytes.</summary>
    /// <exception cref="ArgumentException">A variable does not fit into a record (<see cref="TooLong"/>).</exception>
    public static ReadOnlyMemory<byte> Write(IReadOnlyDictionary<string, string> variables)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        WriteRecord(output, FastCgiRecordType.BeginRequest, Responder);
        WriteVariables(output, variables);
        WriteRecord(output, FastCgiRecordType.Params, []);
        WriteRecord(output, FastCgiRecordType.Stdin, []);
        return output.WrittenMemory;
    }

    /// <summary>The name of a variable that does not fit into one record with its name and lengths, or null when all do.</summary>
    public static string? TooLong(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
            if (PairLength(Encoding.UTF8.GetByteCount(name), Encoding.UTF8.GetByteCount(value)) > MaxContent)
                return name;
        return null;
    }

    // PHP reads each PARAMS record by itself: a pair that goes on in the next one makes it drop the request.
    private static void WriteVariables(ArrayBufferWriter<byte> output, IReadOnlyDictionary<string, string> variables)
    {
        var content = new ArrayBufferWriter<byte>(4096);
        foreach (var (name, value) in variables)
        {
            var (nameLength, valueLength) = (Encoding.UTF8.GetByteCount(name), Encoding.UTF8.GetByteCount(value));
            var length = PairLength(nameLength, valueLength);
            if (length > MaxContent)
                throw new ArgumentException($"The variable {name} does not fit into a record.", nameof(variables));
            if (content.WrittenCount + length > MaxContent)
                Flush();
            WriteLength(content, nameLength);
            WriteLength(content, valueLength);
            Encoding.UTF8.GetBytes(name, content);
            Encoding.UTF8.GetBytes(value, content);
        }

        if (content.WrittenCount > 0) // an empty record would end the list
            Flush();

        void Flush()
        {
            WriteRecord(output, FastCgiRecordType.Params, content.WrittenSpan);
            content.ResetWrittenCount();
        }
    }

    private static int PairLength(int name, int value) => LengthOf(name) + LengthOf(value) + name + value;

    private static int LengthOf(int length) => length <= sbyte.MaxValue ? 1 : LongLength;

    // FastCGI 1.0, section 3.4: one byte, or four with the highest bit set.
    private static void WriteLength(ArrayBufferWriter<byte> output, int length)
    {
        var size = LengthOf(length);
        var target = output.GetSpan(size);
        if (size == 1)
            target[0] = (byte)length;
        else
            BinaryPrimitives.WriteUInt32BigEndian(target, (uint)length | LongMark);
        output.Advance(size);
    }

    private static void WriteRecord(ArrayBufferWriter<byte> output, FastCgiRecordType type, ReadOnlySpan<byte> content)
    {
        new FastCgiRecordHeader(type, (ushort)content.Length, 0).Write(output.GetSpan(FastCgiRecordHeader.Size));
        output.Advance(FastCgiRecordHeader.Size);
        output.Write(content);
    }
}
