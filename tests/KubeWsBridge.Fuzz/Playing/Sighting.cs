using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Playing;

/// <summary>What a client has seen so far; one task adds, another waits for it to grow.</summary>
internal sealed class Sighting
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _data = new();
    private readonly List<byte[]> _pongs = [];
    private TaskCompletionSource _grew = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The status of the answer to the handshake; 0 as long as there is none.</summary>
    public int Status { get; private set; }

    /// <summary>The payload of all data.</summary>
    public byte[] Data => _data.ToArray();

    /// <summary>The kinds of frames that carried it: <c>binary</c>, <c>text</c>, <c>fragment</c>.</summary>
    public SortedSet<string> Kinds { get; } = [];

    /// <summary>The payloads of all pongs.</summary>
    public IReadOnlyList<byte[]> Pongs => _pongs;

    /// <summary>The close frame.</summary>
    public ReceivedFrame? Close { get; private set; }

    /// <summary>How the connection ended: <c>fin</c>, <c>reset</c>, <c>left</c> by the client; or what was wrong. Null while it has not.</summary>
    public string? End { get; private set; }

    /// <summary>Takes the status.</summary>
    public void Answered(int status) => Grow(() => Status = status);

    /// <summary>Takes frames.</summary>
    public void Add(IReadOnlyList<ReceivedFrame> frames) => Grow(() =>
    {
        foreach (var frame in frames)
            Add(frame);
    });

    /// <summary>Takes the end; the first one counts.</summary>
    public void Ended(string how) => Grow(() => End ??= how);

    /// <summary>Waits for the answer to the handshake, or the end.</summary>
    public Task StatusAsync() => UntilAsync(() => Status != 0);

    /// <summary>Waits for so much data, or a close frame, or the end.</summary>
    public Task DataAsync(int count) => UntilAsync(() => _data.Length >= count || Close is not null);

    /// <summary>Waits for so many pongs, or a close frame, or the end.</summary>
    public Task PongsAsync(int count) => UntilAsync(() => _pongs.Count >= count || Close is not null);

    /// <summary>Waits for a close frame, or the end.</summary>
    public Task CloseAsync() => UntilAsync(() => Close is not null);

    /// <summary>Waits for the end.</summary>
    public Task EndAsync() => UntilAsync(() => false);

    private void Add(ReceivedFrame frame)
    {
        if (frame.Opcode == 8)
        {
            Close = frame;
        }
        else if (frame.Opcode == 10)
        {
            _pongs.Add(frame.Payload);
        }
        else if (frame.Opcode < 8)
        {
            _data.Write(frame.Payload);
            Kinds.Add(!frame.Final || frame.Opcode == 0 ? "fragment" : frame.Opcode == 1 ? "text" : "binary");
        }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            Task grew;
            lock (_lock)
            {
                if (End is not null || condition())
                    return;
                grew = _grew.Task;
            }

            await grew;
        }
    }

    private void Grow(Action action)
    {
        lock (_lock)
        {
            action();
            var grew = _grew;
            _grew = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            grew.SetResult();
        }
    }
}
