using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A started process that leads its own session and group, until it is reaped.</summary>
internal sealed unsafe class Child(int processId)
{
    private const int ByProcessId = 1; // P_PID
    private const int OnlyExited = 4; // WEXITED
    private const int LeaveZombie = 0x01000000; // WNOWAIT
    private const int DoNotWait = 1; // WNOHANG
    private const int SignalInfoSize = 128;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<WorkerExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _reaped;
    private WorkerExit _exit;

    /// <summary>The process id, which is also that of its session and group.</summary>
    public int ProcessId => processId;

    /// <summary>Completes when the process is reaped and what was left of its group has been killed.</summary>
    public Task<WorkerExit> Exited => _exited.Task;

    /// <summary>Signals the whole group. Until the process is reaped its id can not be another's; afterwards nothing is sent.</summary>
    public void Signal(int signal)
    {
        lock (_gate)
        {
            if (!_reaped)
                _ = Libc.kill(-processId, signal);
        }
    }

    /// <summary>Reaps the process if it has ended; true when it is reaped, now or before.</summary>
    public bool TryReap()
    {
        lock (_gate)
        {
            if (_reaped)
                return true;
            if (!HasEnded(out var isOurs))
                return false;

            _exit = isOurs ? CleanUpAndReap() : default;
            _reaped = true;
            return true;
        }
    }

    /// <summary>Completes <see cref="Exited"/> once the process is reaped and its watcher has closed what it held.</summary>
    public void Announce() => _exited.TrySetResult(_exit);

    // Looks without reaping. When somebody else has reaped our child already (ECHILD), its status is lost and its id no longer ours.
    private bool HasEnded(out bool isOurs)
    {
        var info = stackalloc byte[SignalInfoSize];
        int result;
        do
        {
            new Span<byte>(info, SignalInfoSize).Clear();
            result = Libc.waitid(ByProcessId, processId, info, OnlyExited | LeaveZombie | DoNotWait);
        }
        while (result != 0 && Errno.Last == Errno.Interrupted);

        isOurs = result == 0;
        return !isOurs || *(int*)info != 0; // si_signo stays 0 while the child runs
    }

    // The order matters: as long as the zombie holds its id, the group can not be somebody else's.
    private WorkerExit CleanUpAndReap()
    {
        _ = Libc.kill(-processId, Libc.SigKill);

        int status;
        int result;
        do
        {
            result = Libc.waitpid(processId, &status, options: 0);
        }
        while (result < 0 && Errno.Last == Errno.Interrupted);

        if (result < 0)
            return default;

        var signal = status & 0x7f;
        return signal == 0 ? new WorkerExit((status >> 8) & 0xff, null) : new WorkerExit(null, signal);
    }
}
