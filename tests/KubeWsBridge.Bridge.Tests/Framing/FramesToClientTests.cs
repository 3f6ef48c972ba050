using System.Text;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.Framing;

public class FramesToClientTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(200_000)]
    public void Translate_WholeFrame_IsOneFrameWhateverItsLength(int length)
    {
        var payload = Bytes(length);
        var client = new ToClient().Feed(WorkerFrame.Binary(payload));

        var frame = Assert.Single(client.Sent);
        Assert.Equal((Opcode.Binary, true), (frame.Opcode, frame.Final));
        Assert.Equal(payload, frame.Payload);
        Assert.Equal((length, 1), (client.PayloadLength, client.Messages));
        Assert.False(client.Frames.IsInsideMessage);
    }

    [Fact]
    public void Translate_ManyFramesInOneRead_AreOneRunOfWholeFrames()
    {
        byte[][] payloads = [.. Enumerable.Range(0, 300).Select(i => Bytes(i * 7 % 400))];
        var client = new ToClient().Feed([.. payloads.SelectMany(payload => WorkerFrame.Binary(payload))]);

        Assert.Equal(payloads, client.Sent.Select(frame => frame.Payload));
        Assert.All(client.Sent, frame => Assert.True(frame.Final));
    }

    [Fact]
    public void Translate_Types_AreKept()
    {
        var client = new ToClient().Feed(
        [
            .. WorkerFrame.Text("Grüße"), .. WorkerFrame.Binary([0, 10, 255]), .. WorkerFrame.Build("ping", [1]), .. WorkerFrame.Build("pong", []),
            .. WorkerFrame.Text(""),
        ]);

        Assert.Equal(
            [(Opcode.Text, Latin1("Grüße"u8)), (Opcode.Binary, "\0\n\xff"), (Opcode.Ping, "\x1"), (Opcode.Pong, ""), (Opcode.Text, "")],
            client.Received);
        Assert.Equal(3, client.Messages);
    }

    [Fact]
    public void Translate_Pieces_AreFragmentsOfOneMessage()
    {
        var client = new ToClient().Feed(
            [.. WorkerFrame.Text("Gr\u00fc"[..2], true), .. WorkerFrame.Build("text", [0xC3], true), .. WorkerFrame.Text("", true), .. WorkerFrame.Build("text", [0xBC])]);

        Assert.Equal([(Opcode.Text, false), (Opcode.Continuation, false), (Opcode.Continuation, true)], client.Sent.Select(f => (f.Opcode, f.Final)));
        Assert.Equal([(Opcode.Text, Latin1("Grü"u8))], client.Received);
    }

    [Fact]
    public void Translate_EverySplit_LosesNothing()
    {
        byte[] stream =
        [
            .. WorkerFrame.Text("Grüße"), .. WorkerFrame.Binary("text 5\nhello\n"u8.ToArray(), true), .. WorkerFrame.Binary([]), .. WorkerFrame.Build("ping", [10]),
            .. WorkerFrame.Text(""), .. WorkerFrame.Binary(Bytes(130)), .. WorkerFrame.Close("4001 bye"), .. "whatever"u8,
        ];
        var expected = new ToClient().Feed(stream).Received;
        Assert.Equal(5, expected.Count);

        for (var first = 0; first <= stream.Length; first++)
            for (var second = first; second <= stream.Length; second += 7)
            {
                var client = new ToClient();
                foreach (var part in new[] { stream[..first], stream[first..second], stream[second..] })
                    if (part.Length > 0)
                        client.Feed(part);
                Assert.Equal(expected, client.Received);
                Assert.Equal(new WorkerEnd(4001, "bye"), client.End);
            }
    }

    [Fact]
    public void Translate_OneByteAtATime_LosesNothing()
    {
        byte[] stream = [.. WorkerFrame.Text("Grüße"), .. WorkerFrame.Binary(Bytes(300)), .. WorkerFrame.Build("pong", Bytes(125)), .. WorkerFrame.Close()];
        var client = new ToClient();
        foreach (var value in stream)
            client.Feed(value);

        Assert.Equal(new ToClient().Feed(stream).Received, client.Received);
        Assert.Equal((2, 307), (client.Messages, client.PayloadLength));
        Assert.Equal(new WorkerEnd(1000, ""), client.End);
    }

    [Fact]
    public void Translate_RandomMessagesInRandomReads_AreTheSameMessages()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var stream = new List<byte>();
            List<(Opcode, string)> expected = [];
            for (var message = 0; message < 20; message++)
            {
                var payload = new byte[random.Next(4) == 0 ? random.Next(3000) : random.Next(20)];
                random.NextBytes(payload);
                if (random.Next(3) == 0)
                    Array.Fill(payload, (byte)'\n');
                expected.Add((Opcode.Binary, Latin1(payload)));
                var cut = random.Next(payload.Length + 1);
                if (random.Next(2) == 0)
                    stream.AddRange([.. WorkerFrame.Binary(payload[..cut], true), .. WorkerFrame.Binary(payload[cut..])]);
                else
                    stream.AddRange(WorkerFrame.Binary(payload));
            }

            var (client, bytes) = (new ToClient(), stream.ToArray());
            for (int at = 0, next; at < bytes.Length; at = next)
            {
                next = Math.Min(bytes.Length, at + 1 + random.Next(random.Next(2) == 0 ? 5 : 4000));
                client.Feed(bytes.AsSpan(at, next - at));
            }

            Assert.Equal(expected, client.Received);
            Assert.Equal(20, client.Messages);
        }
    }

    [Theory]
    [InlineData("", 1000, "")]
    [InlineData("1000", 1000, "")]
    [InlineData("4999 a reason with spaces", 4999, "a reason with spaces")]
    [InlineData("1012 ", 1012, "")]
    [InlineData("3000 Grüße", 3000, "Grüße")]
    public void Translate_Close_EndsWithItsCode(string payload, int code, string reason)
    {
        var client = new ToClient().Feed([.. WorkerFrame.Text("last"), .. WorkerFrame.Close(payload), .. "not looked at"u8]);

        Assert.Equal([(Opcode.Text, "last")], client.Received);
        Assert.Equal(new WorkerEnd(code, reason), client.End);
    }

    [Fact]
    public void Translate_CloseInsideAMessage_IsAnEnd()
    {
        var client = new ToClient().Feed([.. WorkerFrame.Text("half", true), .. WorkerFrame.Close("1011 sorry")]);

        Assert.Equal([(Opcode.Text, false)], client.Sent.Select(frame => (frame.Opcode, frame.Final)));
        Assert.Equal(new WorkerEnd(1011, "sorry"), client.End);
    }

    [Theory]
    [InlineData("hello\n", 0, "\"hello\\n\"", "must begin with text, binary")]
    [InlineData("Text 1\na\n", 0, "\"Text 1\\na\\n\"", "must begin with text, binary")]
    [InlineData("texts 1\na\n", 0, "\"texts 1", "must begin")]
    [InlineData("pint 1\na\n", 0, "\"pint 1", "must begin")]
    [InlineData("\u00fc", 0, "\"\\xfc\"", "must begin")]
    [InlineData("text  1\na\n", 5, "\" 1", "without sign or leading zeros")]
    [InlineData("text +1\na\n", 5, "\"+1", "without sign or leading zeros")]
    [InlineData("text -1\n\n", 5, "\"-1", "without sign or leading zeros")]
    [InlineData("text 01\na\n", 5, "\"01", "without sign or leading zeros")]
    [InlineData("text \n\n", 5, "\"\\n", "without sign or leading zeros")]
    [InlineData("binary 2147483648\n", 7, "\"2147483648\\n\"", "at most 2147483647")]
    [InlineData("text 1\r\na\n", 6, "\"\\r\\na", "\"\\n\", not \"\\r\\n\"")]
    [InlineData("text 1 \na\n", 7, "\"\\na", "\" +\" and a newline")]
    [InlineData("text 1 + \na\n", 8, "\" \\na", "\" +\" and a newline")]
    [InlineData("text 1a\n", 6, "\"a\\n\"", "must end with a newline")]
    [InlineData("text 4\nhello\n", 11, "\"o\\n\"", "said to have 4 bytes. Count bytes (strlen), not characters (mb_strlen)")]
    [InlineData("text 6\nhello\ntext 5\nhello\n", 13, "\"text 5\\nhello\\n\"", "said to have 6 bytes")]
    [InlineData("text 4\nhell\no\n", 12, "\"o\\n\"", "its length was too small")]
    [InlineData("text 1 +\na\nbinary 1\nb\n", 11, "\"binary 1\\nb\\n\"", "after a frame with \"+\"")]
    [InlineData("text 1 +\na\nping 0\n\n", 11, "\"ping", "after a frame with \"+\"")]
    [InlineData("ping 1 +\na\n", 0, "\"ping", "leave out the \"+\"")]
    [InlineData("pong 126\n", 0, "\"pong 126", "126 bytes are too many")]
    [InlineData("close 129\n", 0, "\"close 129", "129 bytes are too many")]
    [InlineData("ping 1\nab\n", 8, "\"b\\n\"", "said to have 1 bytes")]
    [InlineData("text 2\n\u00c3(\n", 8, "\"(\\n\"", "must be UTF-8; send other bytes as binary")]
    [InlineData("text 1\n\u00c3\n", 8, "\"\\n\"", "ends inside a UTF-8 character")]
    [InlineData("close 3\n999\n", 8, "\"999", "must be empty or begin with a code")]
    [InlineData("close 4\n1005\n", 8, "\"1005", "must be empty or begin with a code")]
    [InlineData("close 4\n1006\n", 8, "\"1006", "1000-1003, 1007-1014, 3000-4999")]
    [InlineData("close 5\n10000\n", 8, "\"10000", "must be empty or begin with a code")]
    [InlineData("close 5\n+1000\n", 8, "\"+1000", "must be empty or begin with a code")]
    [InlineData("close 8\n1000:bye\n", 8, "\"1000:bye", "must be empty or begin with a code")]
    [InlineData("close 6\n1000 \u00c3\n", 13, "\"\\xc3", "UTF-8 of at most 123 bytes")]
    public void Translate_BrokenRule_IsToldWithPlaceAndAdvice(string stream, int position, string excerpt, string advice)
    {
        var before = WorkerFrame.Text("good");
        var client = new ToClient().Feed([.. before, .. WorkerFrame.Bytes(stream)]);

        Assert.Equal((CloseCode.InternalError, Refusals.FramingError), (client.End?.CloseCode, client.End?.Violation));
        Assert.StartsWith($"At byte {before.Length + position} of its output, where there is {excerpt}", client.End!.Detail, StringComparison.Ordinal);
        Assert.Contains(advice, client.End.Detail, StringComparison.Ordinal);
        Assert.Equal((Opcode.Text, "good"), client.Received[0]);
        AssertSameFaultHoweverCut(stream, position);
    }

    [Fact]
    public void Translate_PayloadWithAWrongLength_NeverBecomesAWholeMessage()
    {
        var client = new ToClient();
        foreach (var value in WorkerFrame.Bytes("binary 3\nhello\n"))
            client.Feed(value);

        Assert.DoesNotContain(client.Sent, frame => frame.Final);
        Assert.NotNull(client.End);
    }

    [Theory]
    [InlineData("te", true)]
    [InlineData("text 5\n", true)]
    [InlineData("text 5\nhel", true)]
    [InlineData("text 5\nhello", true)]
    [InlineData("text 5 +\nhello\n", true)]
    [InlineData("text 5\nhello\n", false)]
    [InlineData("", false)]
    public void EndOfOutput_InsideAMessage_IsACut(string stream, bool cut)
    {
        var client = new ToClient();
        if (stream.Length > 0)
            client.Feed(WorkerFrame.Bytes(stream));
        Assert.Null(client.End);

        client.Frames.EndOfOutput();

        Assert.Equal(cut, client.End is { IsCut: true });
        Assert.True(!cut || client.End!.Detail.Contains("ended inside a message", StringComparison.Ordinal));
    }

    [Fact]
    public void Detail_AnyBytes_IsPlainAsciiOfBoundedLength()
    {
        var client = new ToClient().Feed([.. Enumerable.Range(0, 256).Select(i => (byte)(255 - i))]);

        Assert.True(Ascii.IsValid(client.End!.Detail.Replace("…", "", StringComparison.Ordinal)));
        Assert.InRange(client.End.Detail.Length, 100, 600);
    }

    private static void AssertSameFaultHoweverCut(string stream, int position)
    {
        var client = new ToClient();
        foreach (var value in WorkerFrame.Bytes(stream))
            client.Feed(value);
        Assert.NotNull(client.End);
        Assert.StartsWith($"At byte {position} of its output", client.End.Detail, StringComparison.Ordinal);
    }

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
