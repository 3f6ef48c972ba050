using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>What has come from the server so far; one task adds, another waits for it to grow.</summary>
public sealed class Observation
{
    private readonly Lock _lock = new();
    private readonly List<byte> _data = [];
    private readonly List<byte[]> _pongs = [];
    private TaskCompletionSource _grew = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The payloads of all data frames.</summary>
    public byte[] Data => Locked(() => _data.ToArray());

    /// <summary>The payloads of all pongs, in hexadecimal.</summary>
    public string[] Pongs => Locked(() => _pongs.Select(Convert.ToHexString).ToArray());

    /// <summary>The close frame.</summary>
    public ReceivedFrame? Close { get; private set; }

    /// <summary>The status of the answer to the handshake, if that is looked at too.</summary>
    public int? Status { get; private set; }

    /// <summary>How the stream ended; null while it has not.</summary>
    public string? End { get; private set; }

    /// <summary>Takes a frame.</summary>
    public void Add(ReceivedFrame frame) => Grow(() =>
    {
        if (frame.Opcode == 8)
            Close = frame;
        else if (frame.Opcode == 10)
            _pongs.Add(frame.Payload);
        else if (frame.Opcode < 8)
            _data.AddRange(frame.Payload);
    });

    /// <summary>Takes the answer to the handshake.</summary>
    public void Answered(int status) => Grow(() => Status = status);

    /// <summary>Takes the end.</summary>
    public void Ended(string how) => Grow(() => End ??= how);

    /// <summary>Waits for so many bytes of data.</summary>
    public Task DataAsync(int count) => UntilAsync(() => _data.Count >= count, $"{count} bytes of data");

    /// <summary>Waits for so many pongs.</summary>
    public Task PongsAsync(int count) => UntilAsync(() => _pongs.Count >= count, $"{count} pongs");

    /// <summary>Waits for the close frame.</summary>
    public Task CloseAsync() => UntilAsync(() => Close is not null, "a close frame");

    /// <summary>Waits for the answer to the handshake.</summary>
    public Task StatusAsync() => UntilAsync(() => Status is not null, "an answer to the handshake");

    /// <summary>Waits for the end.</summary>
    public Task EndAsync() => UntilAsync(() => End is not null, "the end");

    /// <inheritdoc/>
    public override string ToString() => Locked(() =>
        $"{_data.Count} bytes, {_pongs.Count} pongs, {(Close is null ? "no close frame" : $"close {Close.CloseCode} \"{Close.CloseReason}\"")}, {End ?? "still open"}");

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        while (true)
        {
            Task grew;
            lock (_lock)
            {
                if (condition())
                    return;
                Assert.True(End is null, $"Waited for {what}, got: {this}");
                grew = _grew.Task;
            }

            try
            {
                await grew.WaitAsync(RawClient.Patience);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Waited in vain for {what}, got: {this}");
            }
        }
    }

    private void Grow(Action action)
    {
        lock (_lock)
        {
            action();
            _grew.TrySetResult();
            _grew = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
