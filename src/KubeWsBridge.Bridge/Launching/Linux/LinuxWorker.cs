using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A worker process with its two pipes.</summary>
internal sealed class LinuxWorker : IWorker
{
    private readonly Child _child;
    private readonly PolledPipeStream _output;
    private readonly PolledPipeStream _errors;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _held = 3; // the process and two pipes

    /// <param name="launcher">The name of the launcher it was started for.</param>
    /// <param name="child">The process, not yet watched.</param>
    /// <param name="output">The read end of its standard output; this instance owns it.</param>
    /// <param name="errors">The read end of its standard error; this instance owns it.</param>
    /// <param name="loop">Where both are waited for.</param>
    public LinuxWorker(string launcher, Child child, SafeFileHandle output, SafeFileHandle errors, EpollLoop loop)
    {
        Launcher = launcher;
        _child = child;
        Action letGo = LetGo;
        _output = new PolledPipeStream(output, loop, letGo);
        _errors = new PolledPipeStream(errors, loop, letGo);
        child.Exited.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(letGo);
    }

    /// <inheritdoc/>
    public string Launcher { get; }

    /// <inheritdoc/>
    public int? ProcessId => _child.ProcessId;

    /// <inheritdoc/>
    public Stream Output => _output;

    /// <inheritdoc/>
    public Stream Errors => _errors;

    /// <inheritdoc/>
    public Task<WorkerExit> Exited => _child.Exited;

    /// <inheritdoc/>
    public Task Gone => _gone.Task;

    /// <inheritdoc/>
    public void Signal(StopSignal signal) => _child.Signal(signal == StopSignal.Kill ? Libc.SigKill : Libc.SigTerm);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _child.Signal(Libc.SigKill);

        // The pipes first: readers are freed at once, even if the process takes its time to die.
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
        await _child.Exited;
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _held) == 0)
            _gone.TrySetResult();
    }
}
