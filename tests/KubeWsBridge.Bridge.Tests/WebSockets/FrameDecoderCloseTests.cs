using KubeWsBridge.Bridge.WebSockets;
using static KubeWsBridge.Bridge.Tests.WebSockets.DecodedEvent;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class FrameDecoderCloseTests
{
    [Fact]
    public void Decode_CloseWithCodeAndReason_GivesBoth() =>
        Assert.Equal([Closed(1000, "Tschüß"u8)], DecoderDriver.Decode(ClientFrame.Close(1000, "Tschüß")));

    [Fact]
    public void Decode_CloseWithCodeOnly_HasNoReason() =>
        Assert.Equal([Closed(4999, [])], DecoderDriver.Decode(ClientFrame.Close(4999)));

    [Fact]
    public void Decode_EmptyClose_GivesNoStatus() =>
        Assert.Equal([Closed(CloseCode.NoStatus, [])], DecoderDriver.Decode(ClientFrame.Build(8, [])));

    [Fact]
    public void Decode_CloseInsideAMessage_EndsItThere()
    {
        byte[] bytes = [.. ClientFrame.Text("a", final: false), .. ClientFrame.Close(1001)];

        Assert.Equal([Part(Opcode.Text, "a"u8), Closed(1001, [])], DecoderDriver.Decode(bytes));
    }

    [Fact]
    public void Decode_EveryCloseCode_IsJudgedByTheTable()
    {
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            var expected = CloseCode.MayBeReceived(code) ? Closed(code, []) : Failed(DecodeError.CloseCodeInvalid);
            Assert.Equal([expected], DecoderDriver.Decode(ClientFrame.Close(code)));
        }
    }

    [Fact]
    public void Decode_AfterAClose_RepeatsItWithoutReasonAndConsumesEverything()
    {
        var decoder = new FrameDecoder(100);
        byte[] bytes = [.. ClientFrame.Close(1000, "bye"), .. ClientFrame.Text("late")];

        var close = decoder.Decode(bytes);
        var after = decoder.Decode(bytes.AsSpan(close.Consumed));
        var empty = decoder.Decode([]);

        Assert.Equal((DecodeKind.Close, 1000, 11), (close.Kind, close.CloseCode, close.Consumed));
        Assert.Equal((8, 3), (close.PayloadOffset, close.PayloadLength));
        Assert.Equal((DecodeKind.Close, 1000, bytes.Length - 11, 0), (after.Kind, after.CloseCode, after.Consumed, after.PayloadLength));
        Assert.Equal((DecodeKind.Close, 1000, 0, 0), (empty.Kind, empty.CloseCode, empty.Consumed, empty.PayloadLength));
    }
}
