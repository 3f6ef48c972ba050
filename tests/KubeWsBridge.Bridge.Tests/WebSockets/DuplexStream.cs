using System.IO.Pipelines;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>One end of a connection in memory; the test holds the other. Readers go on inside <see cref="Receive"/>, before it returns.</summary>
internal sealed class DuplexStream : Stream
{
    private readonly Pipe _input = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly Stream _readable;

    public DuplexStream() => _readable = _input.Reader.AsStream();

    /// <summary>Bytes written by the code under test.</summary>
    public List<byte> Written { get; } = [];

    /// <summary>How many writes they came in.</summary>
    public int Writes { get; private set; }

    /// <summary>While set, writes wait for it.</summary>
    public TaskCompletionSource? WriteGate { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Makes bytes readable, all at once.</summary>
    public void Receive(params byte[] bytes) => _input.Writer.WriteAsync(bytes).AsTask().GetAwaiter().GetResult();

    /// <summary>Ends the input, with an exception for a reset.</summary>
    public void ReceiveEnd(Exception? reset = null) => _input.Writer.Complete(reset);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _readable.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (WriteGate is { } gate)
            await gate.Task;
        lock (Written)
        {
            Written.AddRange(buffer.ToArray());
            Writes++;
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
