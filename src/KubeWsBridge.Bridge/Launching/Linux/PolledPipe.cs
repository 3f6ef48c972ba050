using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>The open read end of a worker's pipe, and the wait for it.</summary>
internal sealed class PolledPipe(SafeFileHandle descriptor, EpollLoop loop) : IDisposable
{
    /// <summary>What <see cref="TryRead"/> says when there is nothing yet.</summary>
    public const int WouldBlock = -1;

    private readonly PipeReadiness _readiness = new(descriptor, loop);

    /// <summary>Completes when there may be data or the end; may be early, so try and wait again.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken) => _readiness.WaitAsync(cancellationToken);

    /// <summary>Reads what is there: 0 at the end, <see cref="WouldBlock"/> when nothing is. With an empty buffer, 0 when a read would not block.</summary>
    /// <exception cref="IOException">The pipe can't be read.</exception>
    /// <exception cref="ObjectDisposedException">It was closed meanwhile.</exception>
    public unsafe int TryRead(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return PollRequest.IsReadable(descriptor) ? 0 : WouldBlock;

        while (true)
        {
            nint count;
            fixed (byte* target = buffer)
                count = Libc.read(descriptor, target, (nuint)buffer.Length);

            if (count >= 0)
                return (int)count;

            switch (Errno.Last)
            {
                case Errno.Interrupted:
                    continue;
                case Errno.Again:
                    return WouldBlock;
                default:
                    throw new IOException($"A worker's output can not be read: {Errno.Text(Errno.Last)}.");
            }
        }
    }

    /// <summary>Ends a wait and closes the pipe, whoever may still hold its other end; a second time does nothing.</summary>
    public void Dispose()
    {
        _readiness.Dispose();
        descriptor.Dispose();
    }
}
