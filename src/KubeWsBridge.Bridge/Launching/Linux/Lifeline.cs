using KubeWsBridge.Bridge.Linux;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Ends every worker's process group when the bridge dies, even by SIGKILL.</summary>
/// <remarks>
/// <para>
/// Why it works: the bridge holds the only write end of one pipe for its whole life. Each worker inherits a read end that is an open
/// file description of its own (opened anew through /proc/self/fd), asked to deliver SIGKILL to the worker's process group when
/// something happens on the pipe (O_ASYNC, F_SETOWN, F_SETSIG). Nothing is ever written. When the bridge is gone, however it went, the
/// kernel closes the write end, and closing the last writer is such an event (pipe_release calls kill_fasync). Unlike PR_SET_PDEATHSIG
/// it does not depend on the thread that spawned, and it takes the worker's own children along.
/// </para>
/// <para>
/// Its limits: a worker that closes <see cref="ChildDescriptor"/> in itself and in all its children has cut the line; a process that
/// made itself a new session or group is not reached; a hostile worker that opens the pipe for writing keeps it alive for all; a bridge
/// killed in the microseconds between the spawn and <see cref="Tie"/> leaves that one worker behind.
/// </para>
/// </remarks>
internal sealed class Lifeline
{
    // Scripts redirect 3 to 9, shells keep their own descriptors from 10 up and from 63 down: nobody picks this one.
    public const int ChildDescriptor = 42;

    private static readonly Lazy<Pipe?> Shared = new(OpenPipe);

    private readonly ILogger _logger;
    private int _warned;

    public Lifeline(ILogger logger) => _logger = logger;

    /// <summary>The read end for one worker, to be inherited as <see cref="ChildDescriptor"/>; null when there can be none.</summary>
    public SafeFileHandle? Open()
    {
        if (Shared.Value is not { } pipe)
        {
            Warn("no pipe");
            return null;
        }

        // A duplicate would share its owner and signal with all others; opening it anew does not.
        var line = Libc.open($"/proc/self/fd/{pipe.ReadEnd.DangerousGetHandle()}", Libc.NonBlocking | Libc.CloseOnExec);
        if (!line.IsInvalid)
            return line;

        Warn(Errno.Text(Errno.Last));
        line.Dispose();
        return null;
    }

    /// <summary>Ties a worker's group to the line it inherited.</summary>
    public void Tie(SafeFileHandle line, int pid, int signal = Libc.SigKill)
    {
        var tied = Libc.fcntl(line, Libc.SetOwner, -pid) == 0
            && Libc.fcntl(line, Libc.SetSignal, signal) == 0
            && Libc.fcntl(line, Libc.SetStatusFlags, Libc.NonBlocking | Libc.Async) == 0;
        if (!tied)
            Warn(Errno.Text(Errno.Last));
    }

    private static Pipe? OpenPipe()
    {
        try
        {
            return Pipe.Open();
        }
        catch (LaunchException)
        {
            return null;
        }
    }

    private void Warn(string reason)
    {
        if (Interlocked.Exchange(ref _warned, 1) == 0)
            LaunchLog.NoLifeline(_logger, reason);
    }
}
