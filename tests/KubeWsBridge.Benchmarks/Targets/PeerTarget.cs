using System.Diagnostics;
using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>A running peer and its back-end.</summary>
internal sealed class PeerTarget : ITarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ChildProcess _backEnd;
    private readonly ChildProcess? _process;

    /// <summary>Starts both and waits until they listen.</summary>
    public PeerTarget(IPeer peer, WorkerPrograms workers, Handler handler)
    {
        Wire = peer.Wire;
        var backEnd = ChildProcess.FreePort();
        var folder = Directory.CreateDirectory(Path.Combine(workers.Folder, $"{peer.Name}-{backEnd}")).FullName;
        _backEnd = new ChildProcess(workers.ServeCommand(handler, backEnd), workers.Folder);
        try
        {
            _backEnd.WaitListening(backEnd);
            var port = ChildProcess.FreePort();
            var command = peer.Command(port, backEnd, folder);
            Port = command.Length == 0 ? backEnd : port;
            if (command.Length == 0)
                return;
            _process = new ChildProcess(command, workers.Folder);
            _process.WaitListening(port);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Port { get; }

    /// <inheritdoc/>
    public Wire Wire { get; }

    /// <inheritdoc/>
    public CpuTimes Cpu()
    {
        if (_process is null)
            return default;
        var times = ProcFiles.Tree(_process.Id).Select(ProcFiles.Cpu).ToList();
        return new CpuTimes(TimeSpan.FromTicks(times.Sum(time => (time.Own + time.Reaped).Ticks)), TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void WaitIdle()
    {
        for (var begin = Stopwatch.GetTimestamp(); ProcFiles.Children(_backEnd.Id).Count > 0; Thread.Sleep(5))
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                throw new BenchmarkException("connections live on after their clients left");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process?.Dispose();
        _backEnd.Dispose();
    }
}
