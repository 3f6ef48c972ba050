using System.Text;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class FrameWriterTests
{
    [Theory]
    [InlineData(0, "8200")]
    [InlineData(1, "8201")]
    [InlineData(125, "827D")]
    [InlineData(126, "827E007E")]
    [InlineData(65535, "827EFFFF")]
    [InlineData(65536, "827F0000000000010000")]
    [InlineData(long.MaxValue, "827F7FFFFFFFFFFFFFFF")]
    public void WriteHeader_EveryLengthForm_IsMinimal(long length, string expected)
    {
        var buffer = new byte[FrameWriter.MaxHeaderLength];

        var written = FrameWriter.WriteHeader(buffer, Opcode.Binary, true, length);

        Assert.Equal(expected, Convert.ToHexString(buffer, 0, written));
        Assert.Equal(FrameWriter.HeaderLength(length), written);
    }

    [Theory]
    [InlineData(Opcode.Text, true, "8100")]
    [InlineData(Opcode.Text, false, "0100")]
    [InlineData(Opcode.Continuation, false, "0000")]
    [InlineData(Opcode.Continuation, true, "8000")]
    [InlineData(Opcode.Pong, true, "8A00")]
    public void WriteHeader_OpcodeAndFinal_GoIntoTheFirstByte(Opcode opcode, bool final, string expected)
    {
        var buffer = new byte[2];

        FrameWriter.WriteHeader(buffer, opcode, final, 0);

        Assert.Equal(expected, Convert.ToHexString(buffer));
    }

    [Fact]
    public void WriteHeader_NoRoomOrNegativeLength_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WriteHeader(new byte[3], Opcode.Text, true, 126));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WriteHeader(new byte[10], Opcode.Text, true, -1));
    }

    [Fact]
    public void WriteClose_CodeAndReason_IsAWholeFrame() => Assert.Equal("880503E8627965", Close(1000, "bye"));

    [Fact]
    public void WriteClose_NoReason_IsTheCodeAlone() => Assert.Equal("880203F4", Close(1012, ""));

    [Theory]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    public void WriteClose_CodeThatIsNeverOnTheWire_IsEmpty(int code) => Assert.Equal("8800", Close(code, "unused"));

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1016)]
    [InlineData(5000)]
    public void WriteClose_CodeThatMayNotBeSent_Throws(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Close(code, ""));

    [Theory]
    [InlineData("", "x", 200, 123)]
    [InlineData("", "é", 100, 122)]
    [InlineData("x", "é", 100, 123)]
    [InlineData("", "世", 100, 123)]
    [InlineData("x", "世", 100, 121)]
    [InlineData("", "😀", 50, 120)]
    [InlineData("xxx", "😀", 50, 123)]
    [InlineData("xx", "😀", 50, 122)]
    public void WriteClose_LongReason_IsCutBetweenCharacters(string before, string repeated, int times, int expectedBytes)
    {
        var reason = before + string.Concat(Enumerable.Repeat(repeated, times));
        var buffer = new byte[FrameWriter.MaxControlFrameLength];

        var written = FrameWriter.WriteClose(buffer, 1000, reason);

        Assert.Equal(4 + expectedBytes, written);
        Assert.Equal(2 + expectedBytes, buffer[1]);
        var cut = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 4, expectedBytes);
        Assert.StartsWith(cut, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteClose_LoneSurrogate_IsReplaced() => Assert.Equal("880603E861EFBFBD", Close(1000, "a\uD800"));

    [Fact]
    public void WriteControl_Payload_FollowsTheHeader()
    {
        var buffer = new byte[10];

        var written = FrameWriter.WriteControl(buffer, Opcode.Pong, "abc"u8);

        Assert.Equal("8A03616263", Convert.ToHexString(buffer, 0, written));
    }

    [Fact]
    public void WriteControl_PayloadInTheDestination_IsMovedWhole()
    {
        // A driver answers a ping in the buffer it came in: the client's payload lies at 6, the server's at 2.
        var buffer = ClientFrame.Ping("in place");
        new FrameDecoder(0).Decode(buffer);

        var written = FrameWriter.WriteControl(buffer, Opcode.Pong, buffer.AsSpan(6, 8));

        Assert.Equal([0x8A, 8, .. "in place"u8], buffer[..written]);
    }

    [Fact]
    public void WriteControl_TooLongOrNotControl_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WriteControl(new byte[200], Opcode.Ping, new byte[126]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WriteControl(new byte[200], Opcode.Text, []));
    }

    private static string Close(int code, string reason)
    {
        var buffer = new byte[FrameWriter.MaxControlFrameLength];
        return Convert.ToHexString(buffer, 0, FrameWriter.WriteClose(buffer, code, reason));
    }
}
