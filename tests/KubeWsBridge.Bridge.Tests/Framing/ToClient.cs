using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.Framing;

/// <summary>Feeds a <see cref="FramesToClient"/> as a driver does and keeps what it makes.</summary>
internal sealed class ToClient(int size = 1 << 20)
{
    private readonly byte[] _buffer = new byte[FrameWriter.MaxHeaderLength + size + WorkerFrameDecoder.MaxRemainder];
    private readonly List<byte> _sent = [];

    public FramesToClient Frames { get; } = new();

    public int Messages { get; private set; }

    public int PayloadLength { get; private set; }

    public WorkerEnd? End => Frames.End;

    public List<SentFrame> Sent => [.. SentFrame.Parse([.. _sent])];

    public List<(Opcode Type, string Payload)> Received => [.. SentFrame.Messages(Sent)];

    public ToClient Feed(params ReadOnlySpan<byte> bytes)
    {
        if (End is not null)
            return this;
        var stashed = Frames.Stashed;
        var start = FrameWriter.MaxHeaderLength;
        Frames.Unstash(_buffer.AsSpan(start));
        bytes.CopyTo(_buffer.AsSpan(start + stashed));
        var made = Frames.Translate(_buffer, start, stashed + bytes.Length);
        _sent.AddRange(_buffer.AsSpan(made.Start, made.Length));
        Messages += made.Messages;
        PayloadLength += made.PayloadLength;
        return this;
    }
}
