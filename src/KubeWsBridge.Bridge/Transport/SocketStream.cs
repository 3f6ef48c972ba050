using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Linux;
using Microsoft.AspNetCore.Connections;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>A socket's bytes for the server under HTTP: tries first, waits when it must, holds no buffer. Over when the socket is taken away.</summary>
internal sealed class SocketStream(SocketDescriptor socket, SocketReadiness readiness) : Stream
{
    private const int WouldBlock = -1;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is there; 0 at the end. An empty buffer waits for data or the end and takes nothing.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!readiness.HasLeft)
        {
            var count = buffer.IsEmpty ? Peek() : TryReceive(buffer.Span);
            if (count != WouldBlock)
                return count;
            await readiness.Readable.WaitAsync(cancellationToken);
        }

        return 0;
    }

    /// <summary>Sends all of it. What can't be sent any more goes nowhere: whoever reads learns that the connection is over.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && !readiness.HasLeft)
        {
            var count = socket.Send(buffer.Span);
            if (count >= 0)
                buffer = buffer[count..];
            else if (count == -Errno.Again)
                await readiness.Writable.WaitAsync(cancellationToken);
            else
                return;
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private int Peek()
    {
        Span<byte> one = stackalloc byte[1];
        return Judge(socket.Receive(one, SocketCalls.Peek)) == WouldBlock ? WouldBlock : 0;
    }

    private int TryReceive(Span<byte> buffer) => Judge(socket.Receive(buffer));

    private static int Judge(int result) =>
        result >= 0 ? result
        : result == -Errno.Again ? WouldBlock
        : throw new ConnectionResetException($"The connection has failed: {Errno.Text(-result)}.");
}
