using System.Text;
using KubeWsBridge.Bridge.Launching.FastCgi;
using static KubeWsBridge.Bridge.Launching.FastCgi.FastCgiRecordType;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiRecordReaderTests
{
    private static readonly byte[] Stream =
    [
        .. FastCgiBytes.Record(Stderr, "warning", padding: 1),
        .. FastCgiBytes.Record(Stdout, ""),
        .. FastCgiBytes.Record(Stdout, "head and body", padding: 3),
        .. FastCgiBytes.Record((FastCgiRecordType)11, "unknown", padding: 7),
        .. FastCgiBytes.End(),
    ];

    private const string Expected = "Stderr:warning|Stdout:|Stdout:head and body|11:unknown|EndRequest:\0\0\0\0\0\0\0\0|";

    [Fact]
    public void TryRead_EverySplitInTwo_GivesTheSameRecords()
    {
        for (var cut = 0; cut <= Stream.Length; cut++)
            Assert.Equal(Expected, Read(Stream[..cut], Stream[cut..]));
    }

    [Fact]
    public void TryRead_ByteByByte_GivesTheSameRecords() => Assert.Equal(Expected, Read([.. Stream.Select(one => new[] { one })]));

    [Fact]
    public void TryRead_LargestRecord_IsWhole()
    {
        var content = new string('x', 65535);
        Assert.Equal($"Stdout:{content}|", Read(FastCgiBytes.Record(Stdout, content, padding: 255)));
    }

    [Fact]
    public void TryRead_OtherProtocol_Throws()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read("HTTP/1.1 400 Bad Request"u8.ToArray()));
        Assert.Contains("--fastcgi-address", error.Message, StringComparison.Ordinal);
    }

    private static string Read(params byte[][] reads)
    {
        var reader = new FastCgiRecordReader();
        var text = new StringBuilder();
        var isInRecord = false;
        foreach (var read in reads)
        {
            ReadOnlyMemory<byte> input = read;
            while (reader.TryRead(ref input, out var piece))
            {
                if (!isInRecord)
                    text.Append(piece.Type).Append(':');
                text.Append(Encoding.Latin1.GetString(piece.Content.Span));
                if (piece.EndsRecord)
                    text.Append('|');
                isInRecord = !piece.EndsRecord;
            }

            Assert.True(input.IsEmpty);
        }

        return text.ToString();
    }
}
