using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A worker process with its two pipes.</summary>
internal sealed class LinuxWorker(Child child, PolledPipeStream output, PolledPipeStream errors) : IWorker
{
    /// <inheritdoc/>
    public int? ProcessId => child.ProcessId;

    /// <inheritdoc/>
    public Stream Output => output;

    /// <inheritdoc/>
    public Stream Errors => errors;

    /// <inheritdoc/>
    public Task<WorkerExit> Exited => child.Exited;

    /// <inheritdoc/>
    public void Signal(StopSignal signal) => child.Signal(signal == StopSignal.Kill ? Libc.SigKill : Libc.SigTerm);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        child.Signal(Libc.SigKill);

        // The pipes first: readers are freed at once, even if the process takes its time to die.
        await output.DisposeAsync();
        await errors.DisposeAsync();
        await child.Exited;
    }
}
