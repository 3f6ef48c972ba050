using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>
/// A worker's output: tries first, waits in the loop when there is nothing, holds no buffer of its own, and closes the pipe as soon as it has
/// reached the end, because a session can go on for hours after that.
/// </summary>
/// <param name="descriptor">The pipe's read end; this instance owns it.</param>
/// <param name="loop">Where it waits.</param>
/// <param name="closed">Called once when the pipe is closed, at its end or by disposal; must be quick.</param>
internal sealed class PolledPipeStream(SafeFileHandle descriptor, EpollLoop loop, Action closed) : Stream
{
    private PolledPipe? _pipe = new(descriptor, loop);
    private volatile bool _disposed;

    /// <inheritdoc/>
    public override bool CanRead => !_disposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is there; 0 at the end. An empty buffer waits for data or the end and takes nothing.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);

        if (_pipe is not { } pipe)
            return _disposed ? ValueTask.FromException<int>(new ObjectDisposedException(nameof(PolledPipeStream))) : new ValueTask<int>(0);

        try
        {
            var count = pipe.TryRead(buffer.Span);
            return count == PolledPipe.WouldBlock ? WaitAndReadAsync(pipe, buffer, cancellationToken) : new ValueTask<int>(Seen(count, buffer));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return ValueTask.FromException<int>(exception);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Ends a waiting read and closes the pipe, whoever may still hold its other end.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _disposed = true;
            ClosePipe();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAndReadAsync(PolledPipe pipe, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        do
        {
            await pipe.WaitAsync(cancellationToken);
            count = pipe.TryRead(buffer.Span);
        }
        while (count == PolledPipe.WouldBlock);
        return Seen(count, buffer);
    }

    private int Seen(int count, Memory<byte> buffer)
    {
        if (count == 0 && !buffer.IsEmpty)
            ClosePipe();
        return count;
    }

    private void ClosePipe()
    {
        if (Interlocked.Exchange(ref _pipe, null) is not { } pipe)
            return;

        pipe.Dispose();
        closed();
    }
}
