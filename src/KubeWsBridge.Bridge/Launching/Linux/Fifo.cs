using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A pipe that has a name, until the other process has opened it.</summary>
/// <remarks>
/// A PHP process can not be handed descriptors (PHP has no SCM_RIGHTS without an extension), but it can open files. To the worker it is the pipe
/// that it would have had as a process; a socket in its place can not be opened again as /dev/stderr.
/// </remarks>
internal sealed class Fifo : IDisposable
{
    private const int WriteOnly = 1; // O_WRONLY
    private const uint OnlyUs = 0b110_000_000; // 0600

    private readonly string _path;

    private Fifo(string path, SafeFileHandle readEnd, SafeFileHandle writeEnd) => (_path, ReadEnd, WriteEnd) = (path, readEnd, writeEnd);

    /// <summary>The end to read from; reads do not block.</summary>
    public SafeFileHandle ReadEnd { get; private set; }

    /// <summary>Kept open until another process has opened its own: without any, the read end would be at its end.</summary>
    public SafeFileHandle WriteEnd { get; private set; }

    /// <summary>Makes one.</summary>
    /// <exception cref="LaunchException">It can not be made or opened.</exception>
    public static Fifo Create(string path)
    {
        if (Libc.mkfifo(path, OnlyUs) != 0)
            throw Failed(path);

        // In this order, and without waiting for somebody at the other end.
        var readEnd = Libc.open(path, Libc.NonBlocking | Libc.CloseOnExec);
        var writeEnd = readEnd.IsInvalid ? new SafeFileHandle() : Libc.open(path, WriteOnly | Libc.NonBlocking | Libc.CloseOnExec);
        if (!writeEnd.IsInvalid)
            return new Fifo(path, readEnd, writeEnd);

        var failure = Failed(path);
        readEnd.Dispose();
        File.Delete(path);
        throw failure;
    }

    /// <summary>Takes the read end out of the pipe's care.</summary>
    public SafeFileHandle TakeReadEnd()
    {
        var end = ReadEnd;
        ReadEnd = new SafeFileHandle();
        return end;
    }

    /// <summary>Takes the write end out of the pipe's care; writes do not block.</summary>
    public SafeFileHandle TakeWriteEnd()
    {
        var end = WriteEnd;
        WriteEnd = new SafeFileHandle();
        return end;
    }

    /// <summary>Removes the name and closes what was not taken.</summary>
    public void Dispose()
    {
        WriteEnd.Dispose();
        ReadEnd.Dispose();
        File.Delete(_path);
    }

    private static LaunchException Failed(string path)
    {
        var error = Errno.Last;
        return error is Errno.TooManyFiles or Errno.TableFull
            ? SpawnFailure.Describe(error)
            : new LaunchException($"The worker's pipe {path} can not be made: {Errno.Text(error)}.", retryable: false);
    }
}
