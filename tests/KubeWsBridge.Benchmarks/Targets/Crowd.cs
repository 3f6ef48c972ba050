using System.Diagnostics;
using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>One process that plays all workers; what the bridge starts per session only tells it of the session and exits with 0.</summary>
internal sealed class Crowd : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string _program;
    private readonly string _socket;
    private readonly ChildProcess _process;

    /// <summary>Starts it and waits until it can be told of sessions.</summary>
    public Crowd(WorkerPrograms workers)
    {
        _program = workers.Crowd ?? throw new BenchmarkException("there is no C compiler for the fake workers (apt-get install gcc libc6-dev)");
        _socket = Path.Combine(workers.Folder, $"crowd-{Guid.NewGuid():N}");
        _process = new ChildProcess([_program, "serve", _socket], workers.Folder);
        for (var begin = Stopwatch.GetTimestamp(); !File.Exists(_socket); Thread.Sleep(1))
        {
            if (Stopwatch.GetElapsedTime(begin) < Patience)
                continue;
            _process.Dispose();
            throw new BenchmarkException("the fake workers did not start");
        }
    }

    /// <summary>The options that make a bridge hand its sessions to this crowd.</summary>
    public string[] BridgeArguments => ["--php-executable", _program, "--php-arg", _socket, "--script", _program];

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
