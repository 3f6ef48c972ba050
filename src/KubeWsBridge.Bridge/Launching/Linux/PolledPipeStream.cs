using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>The read end of a worker's pipe: tries first, waits in the loop when there is nothing, holds no buffer of its own.</summary>
internal sealed class PolledPipeStream(SafeFileHandle descriptor, EpollLoop loop) : Stream
{
    private const int WouldBlock = -1;

    private readonly PipeReadiness _readiness = new(descriptor, loop);

    /// <inheritdoc/>
    public override bool CanRead => !descriptor.IsClosed;

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

        try
        {
            var count = TryRead(buffer.Span);
            return count == WouldBlock ? WaitAndReadAsync(buffer, cancellationToken) : new ValueTask<int>(count);
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
            _readiness.Dispose();
            descriptor.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAndReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        do
        {
            await _readiness.WaitAsync(cancellationToken);
            count = TryRead(buffer.Span);
        }
        while (count == WouldBlock);
        return count;
    }

    private unsafe int TryRead(Span<byte> buffer)
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
}
