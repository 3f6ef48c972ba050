using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A pipe whose ends no child inherits by accident.</summary>
internal sealed unsafe class Pipe : IDisposable
{
    private Pipe(SafeFileHandle readEnd, SafeFileHandle writeEnd) => (ReadEnd, WriteEnd) = (readEnd, writeEnd);

    /// <summary>The end to read from.</summary>
    public SafeFileHandle ReadEnd { get; private set; }

    /// <summary>The end to write to; writes block, as programs expect of their standard output.</summary>
    public SafeFileHandle WriteEnd { get; private set; }

    /// <summary>One for what a child writes.</summary>
    /// <exception cref="LaunchException">The table of open files is full.</exception>
    public static Pipe Open()
    {
        var pipe = OpenInput();
        _ = Libc.fcntl(pipe.ReadEnd, Libc.SetStatusFlags, Libc.NonBlocking);
        return pipe;
    }

    /// <summary>One for what a child reads: there reads block too.</summary>
    /// <exception cref="LaunchException">The table of open files is full.</exception>
    public static Pipe OpenInput()
    {
        // Close-on-exec must be set by the call that creates the descriptor: another thread may spawn right after it.
        var ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.CloseOnExec) != 0)
            throw SpawnFailure.Describe(Errno.Last);

        return new Pipe(new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    /// <summary>Takes the read end out of the pipe's care.</summary>
    public SafeFileHandle TakeReadEnd()
    {
        var end = ReadEnd;
        ReadEnd = new SafeFileHandle();
        return end;
    }

    /// <summary>Takes the write end out of the pipe's care.</summary>
    public SafeFileHandle TakeWriteEnd()
    {
        var end = WriteEnd;
        WriteEnd = new SafeFileHandle();
        return end;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReadEnd.Dispose();
        WriteEnd.Dispose();
    }
}
