using System.Diagnostics;
using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The running bridge, whose children are its workers.</summary>
internal sealed class BridgeTarget : ITarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ChildProcess _process;

    /// <summary>Starts it and waits until it listens.</summary>
    public BridgeTarget(IReadOnlyList<string> command, int port, string folder)
    {
        Port = port;
        var begin = Stopwatch.GetTimestamp();
        _process = new ChildProcess(command, folder);
        try
        {
            _process.WaitListening(port);
        }
        catch
        {
            _process.Dispose();
            throw;
        }

        StartTime = Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>From the start of the program to the first accepted connection.</summary>
    public TimeSpan StartTime { get; }

    /// <inheritdoc/>
    public int Port { get; }

    /// <inheritdoc/>
    public Wire Wire => Wire.WebSocket;

    /// <summary>Its workers.</summary>
    public List<int> Workers => ProcFiles.Children(_process.Id);

    /// <summary>Its memory without the workers', in bytes.</summary>
    public long Pss => ProcFiles.Pss(_process.Id);

    /// <summary>Processes below it: workers, those that wait, a fork server.</summary>
    public int Processes => ProcFiles.Tree(_process.Id).Count() - 1;

    /// <summary>Memory of the processes below it, in bytes; what they share counts once.</summary>
    public long PssBelow => ProcFiles.Tree(_process.Id).Skip(1).Sum(ProcFiles.Pss);

    /// <summary>Processor time of it and of all that is or was below it.</summary>
    public TimeSpan TreeCpu => ProcFiles.Tree(_process.Id).Select(ProcFiles.Cpu).Aggregate(TimeSpan.Zero, (sum, times) => sum + times.Own + times.Reaped);

    /// <summary>Processor time of all that is or was below it.</summary>
    public TimeSpan CpuBelow => TreeCpu - ProcFiles.Cpu(_process.Id).Own;

    /// <summary>Waits until there are no more processes below it than these.</summary>
    public void WaitForProcesses(int most)
    {
        for (var begin = Stopwatch.GetTimestamp(); Processes is var left && left > most; Thread.Sleep(5))
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                throw new BenchmarkException($"{left} processes live on {Patience.TotalSeconds} s after their clients left, {most} were expected at most");
        }
    }

    /// <summary>Its open descriptors, files not counted.</summary>
    public int Descriptors => ProcFiles.Descriptors(_process.Id);

    /// <summary>Waits until it has no more descriptors open than this: until sessions whose workers are no children of it are gone.</summary>
    public void WaitForDescriptors(int most)
    {
        for (var begin = Stopwatch.GetTimestamp(); Descriptors is var open && open > most; Thread.Sleep(20))
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                throw new BenchmarkException($"{open} descriptors are open {Patience.TotalSeconds} s after all clients left, {most} were expected at most");
        }
    }

    /// <inheritdoc/>
    public CpuTimes Cpu()
    {
        var (own, reaped) = ProcFiles.Cpu(_process.Id);
        return new CpuTimes(own, reaped);
    }

    /// <inheritdoc/>
    public void WaitIdle()
    {
        for (var begin = Stopwatch.GetTimestamp(); Workers is { Count: > 0 } left; Thread.Sleep(5))
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                throw new BenchmarkException($"{left.Count} workers live on {Patience.TotalSeconds} s after their clients left");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
