using System.Runtime.CompilerServices;
using System.Text;
using KubeWsBridge.Bridge.WebSockets;
using static KubeWsBridge.Bridge.Tests.WebSockets.DecodedEvent;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class FrameDecoderTests
{
    [Fact]
    public void Size_OfOneDecoder_IsSmallEnoughForIdleSessions() => Assert.Equal(40, Unsafe.SizeOf<FrameDecoder>());

    [Fact]
    public void Constructor_NegativeLimit_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new FrameDecoder(-1));

    [Fact]
    public void Decode_RfcExample_GivesHello()
    {
        // RFC 6455 section 5.7, "a single-frame masked text message".
        byte[] frame = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58];
        var decoder = new FrameDecoder(100);

        var result = decoder.Decode(frame);

        Assert.Equal(DecodeKind.Data, result.Kind);
        Assert.Equal(Opcode.Text, result.MessageType);
        Assert.True(result.EndOfMessage);
        Assert.Equal((11, 6, 5), (result.Consumed, result.PayloadOffset, result.PayloadLength));
        Assert.Equal("Hello"u8, frame.AsSpan(6));
        Assert.False(decoder.IsInsideMessage);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(200_000)]
    public void Decode_EveryLengthForm_GivesTheMessage(int length)
    {
        var payload = new byte[length];
        new Random(length).NextBytes(payload);

        var events = DecoderDriver.Decode(ClientFrame.Binary(payload));

        Assert.Equal([Message(Opcode.Binary, payload)], events);
    }

    [Fact]
    public void Decode_PartOfAFrame_DeliversWhatIsThere()
    {
        var frame = ClientFrame.Binary([1, 2, 3, 4, 5, 6, 7]);
        var decoder = new FrameDecoder(7);

        var first = decoder.Decode(frame.AsSpan(0, 9));
        var none = decoder.Decode(frame.AsSpan(9, 0));
        var second = decoder.Decode(frame.AsSpan(9));

        Assert.Equal((DecodeKind.Data, 9, 6, 3, false), Summary(first));
        Assert.Equal((DecodeKind.NeedMore, 0, 0, 0, false), Summary(none));
        Assert.Equal((DecodeKind.Data, 4, 0, 4, true), Summary(second));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], frame[6..]);
    }

    [Fact]
    public void Decode_HeaderInPieces_SaysHowMuchIsNeeded()
    {
        var data = ClientFrame.Binary(new byte[300]);
        var ping = ClientFrame.Ping("abc");

        Assert.Equal([2, 2, 8, 8, 9, 9, 9, 9, 9], Enumerable.Range(0, 9).Select(n => NeededAfter(data, n)));
        Assert.Equal([2, 2, 9, 9, 9, 9, 9, 9, 9], Enumerable.Range(0, 9).Select(n => NeededAfter(ping, n)));
        Assert.Equal(14, NeededAfter(ClientFrame.Binary(new byte[70_000]), 2));
    }

    [Fact]
    public void Decode_EmptyMessage_EndsIt() =>
        Assert.Equal([Message(Opcode.Text, [])], DecoderDriver.Decode(ClientFrame.Text("")));

    [Fact]
    public void Decode_EmptyFragments_AreConsumed()
    {
        byte[] bytes =
            [.. ClientFrame.Text("", final: false), .. ClientFrame.Continuation([], final: false), .. ClientFrame.Continuation([])];

        Assert.Equal([Message(Opcode.Text, [])], DecoderDriver.Decode(bytes));
        Assert.Equal([Message(Opcode.Text, [])], DecoderDriver.DecodeBytewise(bytes));
    }

    [Fact]
    public void Decode_ControlBetweenFragments_DoesNotDisturbTheMessage()
    {
        byte[] bytes =
        [
            .. ClientFrame.Text("H", final: false), .. ClientFrame.Ping("one"),
            .. ClientFrame.Build(0, [0xC3], final: false), .. ClientFrame.Build(10, "two"u8.ToArray()),
            .. ClientFrame.Build(0, [0xA9]), .. ClientFrame.Binary([9]),
        ];

        Assert.Equal(
            [
                Control(DecodeKind.Ping, "one"u8), Control(DecodeKind.Pong, "two"u8),
                Message(Opcode.Text, "Hé"u8), Message(Opcode.Binary, [9]),
            ],
            DecoderDriver.Decode(bytes));
    }

    [Fact]
    public void Decode_BinaryThatIsNotUtf8_IsFine() =>
        Assert.Equal([Message(Opcode.Binary, [0xFF, 0xC0])], DecoderDriver.Decode(ClientFrame.Binary([0xFF, 0xC0])));

    [Fact]
    public void Decode_Control_IsDeliveredOnlyWhole()
    {
        var payload = Encoding.ASCII.GetBytes(new string('p', 125));
        var frame = ClientFrame.Build(9, payload);
        var decoder = new FrameDecoder(0);

        for (var length = 0; length < frame.Length; length++)
            Assert.Equal(DecodeKind.NeedMore, decoder.Decode(frame.AsSpan(0, length)).Kind);
        Assert.Equal((DecodeKind.Ping, 131, 6, 125, false), Summary(decoder.Decode(frame)));
        Assert.Equal(payload, frame[6..]);
    }

    [Fact]
    public void Decode_MessageOfExactlyTheLimit_Passes()
    {
        byte[] message = [.. ClientFrame.Binary([1, 2], final: false), .. ClientFrame.Continuation([3, 4])];

        Assert.Equal(
            [Message(Opcode.Binary, [1, 2, 3, 4]), Message(Opcode.Binary, [1, 2, 3, 4])],
            DecoderDriver.Decode([.. message, .. message], maxMessageSize: 4));
    }

    [Fact]
    public void Decode_FragmentsBeyondTheLimit_FailAtTheHeader()
    {
        byte[] bytes = [.. ClientFrame.Binary([1, 2], final: false), .. ClientFrame.Continuation([3, 4, 5])[..2]];

        Assert.Equal([Part(Opcode.Binary, [1, 2]), Failed(DecodeError.MessageTooBig)], DecoderDriver.Decode(bytes, maxMessageSize: 4));
    }

    [Fact]
    public void Decode_LengthsThatSumBeyond63Bits_AreTooBig()
    {
        var huge = ClientFrame.Header(0, true, 0, long.MaxValue, width: 8);
        byte[] bytes = [.. ClientFrame.Binary([1], final: false), .. huge];

        Assert.Equal([Part(Opcode.Binary, [1]), Failed(DecodeError.MessageTooBig)], DecoderDriver.Decode(bytes));
    }

    [Fact]
    public void Decode_ZeroLimit_AllowsEmptyMessagesAndPings() =>
        Assert.Equal(
            [Control(DecodeKind.Ping, "x"u8), Message(Opcode.Text, [])],
            DecoderDriver.Decode([.. ClientFrame.Ping("x"), .. ClientFrame.Text("")], maxMessageSize: 0));

    [Fact]
    public void IsInsideMessage_BetweenFragments_IsTrue()
    {
        var decoder = new FrameDecoder(10);

        decoder.Decode(ClientFrame.Text("a", final: false));
        Assert.True(decoder.IsInsideMessage);
        decoder.Decode(ClientFrame.Ping());
        Assert.True(decoder.IsInsideMessage);
        decoder.Decode(ClientFrame.Continuation([]));
        Assert.False(decoder.IsInsideMessage);
    }

    private static int NeededAfter(byte[] frame, int length) => new FrameDecoder(long.MaxValue).Decode(frame.AsSpan(0, length)).Needed;

    private static (DecodeKind, int, int, int, bool) Summary(DecodeResult result) =>
        (result.Kind, result.Consumed, result.PayloadOffset, result.PayloadLength, result.EndOfMessage);
}
