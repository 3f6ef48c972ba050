using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class FrameDecoderAllocationTests
{
    [Fact]
    public void Decode_TenThousandFrames_AllocatesNothing()
    {
        byte[] cycle =
        [
            .. ClientFrame.Text("Grüße, 世界", final: false), .. ClientFrame.Ping("still there?"),
            .. ClientFrame.Continuation("!"u8.ToArray()), .. ClientFrame.Binary(new byte[300]),
        ];
        var input = new byte[cycle.Length];
        DecodeCycles(cycle, input, 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = DecodeCycles(cycle, input, 2_500);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(10_000, frames);
        Assert.Equal(0, allocated);
    }

    private static int DecodeCycles(byte[] cycle, byte[] input, int cycles)
    {
        var decoder = new FrameDecoder(1000);
        var frames = 0;
        for (var i = 0; i < cycles; i++)
        {
            cycle.CopyTo(input, 0);
            for (var rest = input.AsSpan(); !rest.IsEmpty; frames++) rest = rest[decoder.Decode(rest).Consumed..];
        }

        return frames;
    }
}
