using System.Text;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Turns the error number of a failed start into a sentence that tells what to change.</summary>
internal static class SpawnFailure
{
    /// <summary>An error that has to do with the machine and not with the start.</summary>
    public static LaunchException Describe(int error) => error switch
    {
        Errno.Again => Retryable(
            $"The worker could not be started: there is no room for another process (EAGAIN). {SystemLimits.Processes}. " +
            "Raise the limit or lower --max-processes."),
        Errno.NoMemory => Retryable(
            $"The worker could not be started: memory is short (ENOMEM); {SystemLimits.Memory}. " +
            "Raise the limit or lower --max-processes."),
        Errno.TooManyFiles => Retryable(
            $"The worker could not be started: the bridge has too many open files (EMFILE); {SystemLimits.Files}. " +
            "A session with its worker needs about five: raise the limit or lower --max-connections."),
        Errno.TableFull => Retryable(
            "The worker could not be started: the machine's table of open files is full (ENFILE). Raise fs.file-max on the node."),
        _ => Final($"The worker could not be started: {Errno.Text(error)} (error {error})."),
    };

    /// <summary>An error of posix_spawn itself.</summary>
    public static LaunchException Describe(int error, string path, ProcessStart start) => error switch
    {
        // Both may change between our check and the spawn, so which it was is looked up again.
        Errno.NoEntry or Errno.NotDirectory or Errno.AccessDenied => Final(WhatIsMissing(error, path, start)),
        Errno.NotExecutable => Final(
            $"The executable {path} is not a program for this machine: it is no binary of this architecture and does not begin with #!."),
        Errno.TextBusy => Retryable($"The executable {path} is being written to (ETXTBSY)."),
        Errno.TooBig => Final(WhatIsTooBig(start)),
        _ => Describe(error),
    };

    private static LaunchException Retryable(string message) => new(message, retryable: true);

    private static LaunchException Final(string message) => new(message, retryable: false);

    private static string WhatIsMissing(int error, string path, ProcessStart start)
    {
        if (start.WorkingDirectory is { } directory && !Directory.Exists(directory))
            return $"The worker's working directory {directory} does not exist; create it or correct the setting.";
        if (error == Errno.AccessDenied && start.WorkingDirectory is { } closed)
        {
            return $"The worker could not enter its working directory {closed} or execute {path} as user {Environment.UserName} " +
                "(EACCES); check both permissions.";
        }

        if (error == Errno.AccessDenied)
        {
            return $"The executable {path} may not be executed by user {Environment.UserName} (EACCES); check its mode, and that its " +
                "volume is not mounted noexec.";
        }

        if (!File.Exists(path))
            return $"The executable {path} was not found; install it or correct --php-executable.";

        return $"The executable {path} is there, but the interpreter it names (its #! line, or the loader of another C library) is not.";
    }

    private static string WhatIsTooBig(ProcessStart start)
    {
        var total = 0L;
        (string Name, int Size) largest = ("nothing", 0);
        foreach (var argument in start.Arguments)
            Count("an argument", Encoding.UTF8.GetByteCount(argument) + 1);
        foreach (var (name, value) in start.Environment)
            Count($"the variable {name}", Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) + 2);

        return $"The worker's arguments and environment are too large for the kernel (E2BIG): {total} bytes in all, the largest is " +
            $"{largest.Name} with {largest.Size}. One may have {SystemLimits.LongestString} bytes, all together " +
            $"{SystemLimits.AllStrings} (a quarter of ulimit -s). Limit the size of request headers.";

        void Count(string name, int size)
        {
            total += size;
            if (size > largest.Size)
                largest = (name, size);
        }
    }
}
