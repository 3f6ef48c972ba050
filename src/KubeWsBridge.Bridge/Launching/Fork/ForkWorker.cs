using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>A forked worker with its two pipes. The fork server, its parent, sends its signals and tells its end, for as long as it lives.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ForkWorker : IWorker
{
    /// <summary>The signal by which a worker ends that has ended well (QuickEnd in fork-server.php). Seen only of orphans that became our children.</summary>
    private const int EndedWell = 50;

    private readonly ForkServer _server;
    private readonly string _name;
    private readonly PolledPipeStream _output;
    private readonly PolledPipeStream _errors;
    private readonly TaskCompletionSource<WorkerExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _openPipes = 2;
    private int _held = 3; // the process and two pipes
    private Child? _orphan;
    private volatile int _asked;
    private volatile bool _isUnreachable;

    /// <param name="server">Its parent.</param>
    /// <param name="name">What the server knows it by.</param>
    /// <param name="processId">Its process id, in the server's container.</param>
    /// <param name="pipes">Its pipes, whose read ends are taken.</param>
    public ForkWorker(ForkServer server, string name, int processId, WorkerPipes pipes)
    {
        (_server, _name, ProcessId) = (server, name, processId);
        _output = new PolledPipeStream(pipes.Output.TakeReadEnd(), EpollLoop.Shared, PipeClosed);
        _errors = new PolledPipeStream(pipes.Errors.TakeReadEnd(), EpollLoop.Shared, PipeClosed);
    }

    /// <inheritdoc/>
    public string Launcher => ForkLauncherFactory.LauncherName;

    /// <inheritdoc/>
    public int? ProcessId { get; }

    /// <inheritdoc/>
    public Stream Output => _output;

    /// <inheritdoc/>
    public Stream Errors => _errors;

    /// <inheritdoc/>
    public Task<WorkerExit> Exited => _exited.Task;

    /// <inheritdoc/>
    public Task Gone => _gone.Task;

    /// <inheritdoc/>
    public void Signal(StopSignal signal)
    {
        if (_exited.Task.IsCompleted)
            return;

        // First, because a server that dies now takes the message along: who becomes its heir repeats it.
        var number = signal == StopSignal.Kill ? Libc.SigKill : Libc.SigTerm;
        _asked = number;
        if (_orphan is { } orphan)
            orphan.Signal(number);
        else if (!_isUnreachable)
            _server.Kill(_name, number);
        else if (signal == StopSignal.Kill)
            End(default); // its container must end it: from here there is no way to it any more
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Signal(StopSignal.Kill);
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
        await _exited.Task;
    }

    /// <summary>The process has ended.</summary>
    public void End(WorkerExit exit)
    {
        if (_exited.TrySetResult(exit.Signal == EndedWell ? new WorkerExit(0, null) : exit))
            LetGo();
    }

    /// <summary>The server has ended before it: from now on it is watched from here, if it is a process of this container.</summary>
    public void Orphan(bool isProcessOfOurs)
    {
        if (isProcessOfOurs && Watch())
            return;

        // When it ends, so do its pipes; and a worker that has closed both can still be met at its back-connection.
        _isUnreachable = true;
        if (Volatile.Read(ref _openPipes) == 0 || _asked == Libc.SigKill)
            End(default);
    }

    private bool Watch()
    {
        var child = new Child(ProcessId!.Value);
        if (!new PidfdWatch(EpollLoop.Shared).TryWatch(child))
        {
            if (Errno.Last == Errno.NoProcess)
                End(default);
            return _exited.Task.IsCompleted;
        }

        Interlocked.Exchange(ref _orphan, child);
        if (_asked is var signal and not 0)
            child.Signal(signal);
        child.Exited.ContinueWith(
            static (exited, worker) => ((ForkWorker)worker!).End(exited.Result), this, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return true;
    }

    private void PipeClosed()
    {
        if (Interlocked.Decrement(ref _openPipes) == 0 && _isUnreachable)
            End(default);
        LetGo();
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _held) == 0)
            _gone.TrySetResult();
    }
}
