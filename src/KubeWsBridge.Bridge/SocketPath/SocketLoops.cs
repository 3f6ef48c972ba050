using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>The loops that carry sessions, one a processor; a session stays on one.</summary>
internal sealed class SocketLoops : IDisposable
{
    // Two buffers of a worker's size: a client that sends faster is read in larger pieces, which costs fewer system calls.
    private const int SmallestBuffer = 128 * 1024;

    private readonly SocketLoop[] _loops;
    private int _next;

    /// <summary>Starts the threads.</summary>
    /// <param name="readSize">Most bytes of one read from a worker.</param>
    /// <param name="fault">Told of faults of ours that no session is to blame for.</param>
    public SocketLoops(int readSize, Action<Exception> fault)
    {
        var size = PumpChunk.Headroom + Math.Max(readSize, SmallestBuffer);
        _loops = [.. Enumerable.Range(1, Environment.ProcessorCount).Select(number => new SocketLoop($"kwb-sockets-{number}", size, fault))];
    }

    /// <summary>The loop for the next session.</summary>
    public SocketLoop Next() => _loops[(int)((uint)Interlocked.Increment(ref _next) % (uint)_loops.Length)];

    /// <summary>Completes when every thread has come by once.</summary>
    public Task BeatAsync() => Task.WhenAll(_loops.Select(loop =>
    {
        var beat = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Events.Post(beat.SetResult);
        return beat.Task;
    }));

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        foreach (var loop in _loops)
            loop.Events.Dispose();
    }
}
