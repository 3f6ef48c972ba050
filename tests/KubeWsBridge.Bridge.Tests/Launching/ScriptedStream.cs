namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>Gives one piece a read, waits on empty reads like a worker's pipe, and can pause before a piece.</summary>
internal sealed class ScriptedStream(byte[][] pieces) : Stream
{
    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;

    /// <summary>The piece before which reads wait for <see cref="Resume"/>; -1 for none.</summary>
    public int PauseBefore { get; init; } = -1;

    /// <summary>Completes when a reader waits.</summary>
    public Task Paused => _paused.Task;

    /// <summary>The size of the buffer the waiting reader brought.</summary>
    public int WaitingWith { get; private set; } = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Resume() => _resumed.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_next == PauseBefore && !_resumed.Task.IsCompleted)
        {
            WaitingWith = buffer.Length;
            _paused.TrySetResult();
            await _resumed.Task.WaitAsync(cancellationToken);
        }

        if (buffer.IsEmpty || _next == pieces.Length)
            return 0;

        var piece = pieces[_next++];
        piece.CopyTo(buffer);
        return piece.Length;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
