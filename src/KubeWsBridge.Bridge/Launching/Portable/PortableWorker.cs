using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using KubeWsBridge.Bridge.Closing;

namespace KubeWsBridge.Bridge.Launching.Portable;

/// <summary>A worker held by System.Diagnostics.Process.</summary>
internal sealed partial class PortableWorker : IWorker
{
    private const int SigTerm = 15;
    private const int SigKill = 9;
    private const int SignalBase = 128; // how Process reports "ended by a signal" on Unix

    private readonly Process _process;
    private readonly Lock _gate = new();
    private bool _disposed;
    private volatile int _sent;

    /// <summary>Takes over a process just started with all three streams redirected.</summary>
    public PortableWorker(string launcher, Process process)
    {
        Launcher = launcher;
        _process = process;
        ProcessId = process.Id;
        Output = process.StandardOutput.BaseStream;
        Errors = process.StandardError.BaseStream;
        process.StandardInput.Close();
        Exited = WaitForExitAsync();
    }

    /// <inheritdoc/>
    public string Launcher { get; }

    /// <inheritdoc/>
    public int? ProcessId { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Errors { get; }

    /// <inheritdoc/>
    public Task<WorkerExit> Exited { get; }

    /// <inheritdoc/>
    /// <remarks>These pipes tell nobody of their end, so it is the exit alone.</remarks>
    public Task Gone => Exited;

    /// <inheritdoc/>
    public void Signal(StopSignal signal)
    {
        lock (_gate)
        {
            if (_disposed || Exited.IsCompleted)
                return;

            if (signal == StopSignal.Terminate && !OperatingSystem.IsWindows())
            {
                _sent = SigTerm;
                _ = Kill(_process.Id, SigTerm);
                return;
            }

            _sent = SigKill;
            KillTree();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Signal(StopSignal.Kill);
        await Exited;

        lock (_gate)
        {
            if (_disposed)
                return;

            _disposed = true;
        }

        await Output.DisposeAsync();
        await Errors.DisposeAsync();
        _process.Dispose();
    }

    private async Task<WorkerExit> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();

        // Process tells a signal only as 128 + number, which a program may also return; it is a signal if it is the one we sent.
        var code = _process.ExitCode;
        return code - SignalBase == _sent && !OperatingSystem.IsWindows() ? new WorkerExit(null, _sent) : new WorkerExit(code, null);
    }

    private void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile, or a descendant may not be killed by us: the process itself is waited for anyway.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
