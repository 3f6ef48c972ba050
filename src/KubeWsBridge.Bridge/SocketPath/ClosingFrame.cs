using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>A close frame on its way to the client.</summary>
internal sealed class ClosingFrame
{
    private readonly byte[] _frame = new byte[FrameWriter.MaxControlFrameLength];
    private readonly int _length;

    /// <summary>Writes the frame; 1005 makes an empty one, the reason is cut to 123 bytes.</summary>
    public ClosingFrame(int code, string reason) => _length = FrameWriter.WriteClose(_frame, code, reason);

    /// <summary>The frame.</summary>
    public ReadOnlySpan<byte> Bytes => _frame.AsSpan(0, _length);

    /// <summary>Whether it has been given to the client's end, where it may wait for room.</summary>
    public bool IsSent { get; set; }

    /// <summary>Completes when the client's system has room for it (true), or will never have (false).</summary>
    public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Is not sent, for only one is, but done when the first is.</summary>
    public void Follow(ClosingFrame first) => first.Done.Task.ContinueWith(_ => Done.TrySetResult(false), TaskScheduler.Default);
}
