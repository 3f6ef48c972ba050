using KubeWsBridge.Bridge.WebSockets;
using static KubeWsBridge.Bridge.Tests.WebSockets.DecodedEvent;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class FrameDecoderErrorTests
{
    /// <summary>The shortest bytes that show each fault: one byte less and there is no error yet.</summary>
    public static TheoryData<DecodeError, string> ShortestFaults { get; } = new()
    {
        { DecodeError.ReservedBits, "C1" },
        { DecodeError.ReservedBits, "A2" },
        { DecodeError.ReservedBits, "99" },
        { DecodeError.ReservedOpcode, "83" },
        { DecodeError.ReservedOpcode, "84" },
        { DecodeError.ReservedOpcode, "85" },
        { DecodeError.ReservedOpcode, "86" },
        { DecodeError.ReservedOpcode, "07" },
        { DecodeError.ReservedOpcode, "8B" },
        { DecodeError.ReservedOpcode, "8C" },
        { DecodeError.ReservedOpcode, "8D" },
        { DecodeError.ReservedOpcode, "8E" },
        { DecodeError.ReservedOpcode, "8F" },
        { DecodeError.FragmentedControl, "08" },
        { DecodeError.FragmentedControl, "09" },
        { DecodeError.FragmentedControl, "0A" },
        { DecodeError.UnexpectedContinuation, "80" },
        { DecodeError.UnexpectedContinuation, "00" },
        { DecodeError.Unmasked, "8100" },
        { DecodeError.Unmasked, "8205" },
        { DecodeError.Unmasked, "817E" },
        { DecodeError.Unmasked, "817F" },
        { DecodeError.Unmasked, "897D" },
        { DecodeError.Unmasked, "887F" },
        { DecodeError.ControlTooLong, "88FE" },
        { DecodeError.ControlTooLong, "89FE" },
        { DecodeError.ControlTooLong, "8AFF" },
        { DecodeError.NonMinimalLength, "82FE0000" },
        { DecodeError.NonMinimalLength, "82FE007D" },
        { DecodeError.NonMinimalLength, "82FF0000000000000000" },
        { DecodeError.NonMinimalLength, "82FF000000000000FFFF" },
        { DecodeError.LengthOutOfRange, "82FF8000000000000000" },
        { DecodeError.LengthOutOfRange, "82FFFFFFFFFFFFFFFFFF" },
        { DecodeError.MessageTooBig, "82FE03E9" },
        { DecodeError.MessageTooBig, "82FF0000000000010000" },
        { DecodeError.MessageTooBig, "82FF7FFFFFFFFFFFFFFF" },
        { DecodeError.CloseCodeCut, "88810000000003" },
        { DecodeError.CloseCodeInvalid, "88820000000003E7" }, // 999
        { DecodeError.CloseCodeInvalid, "88820000000003EC" }, // 1004
        { DecodeError.CloseReasonNotUtf8, "88830000000003E8FF" },
        { DecodeError.CloseReasonNotUtf8, "88840000000003E8E282" },
        { DecodeError.TextNotUtf8, "818500000000FF" },
        { DecodeError.TextCut, "818100000000C3" },
    };

    [Theory]
    [MemberData(nameof(ShortestFaults))]
    public void Decode_Fault_FailsAtTheFirstByteThatShowsIt(DecodeError error, string hex)
    {
        var bytes = Convert.FromHexString(hex);

        Assert.Empty(DecoderDriver.Decode(bytes[..^1], maxMessageSize: 1000));
        Assert.Equal([Failed(error)], DecoderDriver.Decode(bytes, maxMessageSize: 1000));
        Assert.Equal([Failed(error)], DecoderDriver.DecodeBytewise(bytes, maxMessageSize: 1000));
        Assert.Equal([Failed(error)], DecoderDriver.Decode([.. bytes, .. new byte[200]], maxMessageSize: 1000));
    }

    [Theory]
    [MemberData(nameof(ShortestFaults))]
    public void Decode_AfterAnError_RepeatsItAndConsumesEverything(DecodeError error, string hex)
    {
        var decoder = new FrameDecoder(1000);
        decoder.Decode(Convert.FromHexString(hex));

        foreach (var more in new byte[][] { [], [0x00], ClientFrame.Text("hello"), ClientFrame.Close(1000) })
        {
            var again = decoder.Decode(more);
            Assert.Equal((DecodeKind.Error, error, more.Length), (again.Kind, again.Error, again.Consumed));
            Assert.Equal(DecodeErrors.CloseCodeOf(error), again.CloseCode);
        }
    }

    [Theory]
    [InlineData("8181")]
    [InlineData("0281")]
    [InlineData("0181")]
    public void Decode_NewMessageInsideAFragmentedOne_Fails(string hex)
    {
        byte[] bytes = [.. ClientFrame.Text("a", final: false), .. Convert.FromHexString(hex)];

        Assert.Equal([Part(Opcode.Text, "a"u8), Failed(DecodeError.InterruptedMessage)], DecoderDriver.Decode(bytes));
    }

    [Fact]
    public void Decode_ContinuationAfterAWholeMessage_Fails()
    {
        byte[] bytes = [.. ClientFrame.Text("a"), .. ClientFrame.Continuation([1])];

        Assert.Equal([Message(Opcode.Text, "a"u8), Failed(DecodeError.UnexpectedContinuation)], DecoderDriver.Decode(bytes));
    }

    [Fact]
    public void Decode_BadByteInsideText_DeliversTheBytesBeforeIt()
    {
        var frame = ClientFrame.Build(1, [.. "ok"u8, 0xED, 0xA0, 0x80, .. "later"u8]);
        var decoder = new FrameDecoder(100);

        var data = decoder.Decode(frame);
        var error = decoder.Decode(frame.AsSpan(data.Consumed));

        Assert.Equal((DecodeKind.Data, 9, 6, 3), (data.Kind, data.Consumed, data.PayloadOffset, data.PayloadLength));
        Assert.False(data.EndOfMessage);
        Assert.Equal([.. "ok"u8, 0xED], frame[6..9]);
        Assert.Equal((DecodeKind.Error, DecodeError.TextNotUtf8, 1007), (error.Kind, error.Error, error.CloseCode));
    }

    [Fact]
    public void Decode_BadByteMidFrame_FailsBeforeTheRestArrives()
    {
        var frame = ClientFrame.Build(1, [.. new byte[50_000], 0xC0, .. new byte[50_000]]);

        var events = DecoderDriver.Decode(frame[..(14 + 50_001)]);

        Assert.Equal([Part(Opcode.Text, new byte[50_000]), Failed(DecodeError.TextNotUtf8)], events);
    }

    [Fact]
    public void Decode_TextThatEndsInsideASequence_KeepsAByteBackForTheError()
    {
        var frame = ClientFrame.Build(1, [.. "ab"u8, 0xE2, 0x82]);
        var decoder = new FrameDecoder(100);

        var data = decoder.Decode(frame);
        var error = decoder.Decode(frame.AsSpan(data.Consumed));

        Assert.Equal((DecodeKind.Data, frame.Length - 1, 3, false), (data.Kind, data.Consumed, data.PayloadLength, data.EndOfMessage));
        Assert.Equal((DecodeKind.Error, DecodeError.TextCut, 1007), (error.Kind, error.Error, error.CloseCode));
    }

    [Fact]
    public void Decode_SequenceCutAtAFragmentThatEndsTheMessageEmpty_Fails()
    {
        byte[] bytes = [.. ClientFrame.Build(1, [0xC3], final: false), .. ClientFrame.Continuation([])];

        Assert.Equal([Part(Opcode.Text, [0xC3]), Failed(DecodeError.TextCut)], DecoderDriver.Decode(bytes));
    }
}
