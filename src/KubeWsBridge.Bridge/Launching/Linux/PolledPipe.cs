using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>The open read end of a worker's pipe, and the wait for it.</summary>
internal sealed class PolledPipe : IEpollTarget, IDisposable
{
    /// <summary>What <see cref="TryRead"/> says when there is nothing yet.</summary>
    public const int WouldBlock = -1;

    private readonly Lock _gate = new();
    private readonly ReadinessEdge _readable = new();
    private readonly SafeFileHandle _descriptor;
    private readonly EpollRegistration _registration;
    private bool _armed;
    private bool _disposed;

    /// <summary>Takes the read end over, which does not block.</summary>
    public PolledPipe(SafeFileHandle descriptor, EpollLoop loop) => (_descriptor, _registration) = (descriptor, loop.Register(descriptor, this));

    /// <summary>Completes when there may be data or the end; may be early, so try and wait again. To be called when there was nothing.</summary>
    /// <exception cref="IOException">The kernel has no room for another watch.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Edge-triggered, so once is enough, and not before somebody waits: a worker is started whatever becomes of the watch.
            if (!_armed && !_disposed)
                _registration.Arm(EpollEvents.Readable | EpollEvents.EdgeTriggered);
            _armed = true;
        }

        return _readable.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void OnReady(EpollEvents events) => _readable.Signal();

    /// <summary>Reads what is there: 0 at the end, <see cref="WouldBlock"/> when nothing is. With an empty buffer, 0 when a read would not block.</summary>
    /// <exception cref="IOException">The pipe can't be read.</exception>
    /// <exception cref="ObjectDisposedException">It was closed meanwhile.</exception>
    public unsafe int TryRead(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return PollRequest.IsReadable(_descriptor) ? 0 : WouldBlock;

        while (true)
        {
            nint count;
            fixed (byte* target = buffer)
                count = Libc.read(_descriptor, target, (nuint)buffer.Length);

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
        lock (_gate)
        {
            _disposed = true;
            _registration.Dispose();
        }

        // The signal last: whoever waits finds the pipe closed.
        _descriptor.Dispose();
        _readable.Signal();
    }
}
