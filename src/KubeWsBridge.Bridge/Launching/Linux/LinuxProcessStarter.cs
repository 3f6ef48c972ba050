using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Starts workers with posix_spawn: a session of its own, clean signals, nothing inherited but what is meant to be.</summary>
/// <remarks>
/// System.Diagnostics.Process leaves SIGPIPE ignored, keeps the child in our process group, and finds its descendants by walking /proc,
/// which takes up to a second; a group of its own is ended by one call.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class LinuxProcessStarter : IProcessStarter
{
    private readonly EpollLoop _loop;
    private readonly ExitWatch _exits;
    private readonly Lifeline _lifeline;

    public LinuxProcessStarter(ILogger logger)
        : this(logger, new PidfdWatch(EpollLoop.Shared))
    {
    }

    public LinuxProcessStarter(ILogger logger, IExitWatch exits)
    {
        Inheritance.Ensure();
        _loop = EpollLoop.Shared;
        _exits = new ExitWatch(exits, logger);
        _lifeline = new Lifeline(logger);
    }

    /// <inheritdoc/>
    /// <remarks>posix_spawn is a vfork and holds this thread for a fraction of a millisecond.</remarks>
    public IWorker Start(ProcessStart start)
    {
        var path = ExecutableSearch.Find(start);
        using var output = Pipe.Open();
        using var errors = Pipe.Open();
        using var line = _lifeline.Open();

        var child = new Child(Spawn(path, start, output.WriteEnd, errors.WriteEnd, line));
        OomScore.Raise(child.ProcessId);
        if (line is not null)
            _lifeline.Tie(line, child.ProcessId, start.EndSignal);

        var worker = new LinuxWorker(start.Launcher, child, output.TakeReadEnd(), errors.TakeReadEnd(), _loop);
        _exits.Watch(child);
        return worker;
    }

    private static unsafe int Spawn(string path, ProcessStart start, SafeFileHandle output, SafeFileHandle errors, SafeFileHandle? line)
    {
        using var arguments = WorkerStrings.Arguments(start);
        using var environment = WorkerStrings.Environment(start);
        using var nativePath = NativeStrings.From([path]);
        using var actions = new SpawnActions();
        if (start.Input is { } input)
            actions.Inherit(input, target: 0);
        else
            actions.Open("/dev/null", target: 0);
        actions.Inherit(output, target: 1);
        actions.Inherit(errors, target: 2);

        // Last, because in the child its number may be that of one of the pipes above.
        if (line is not null)
            actions.Inherit(line, Lifeline.ChildDescriptor);
        if (start.WorkingDirectory is { } directory)
            actions.ChangeDirectory(directory);

        int pid;
        var error = PosixSpawn.posix_spawn(
            &pid, *nativePath.Pointer, actions.Pointer, (void*)SpawnAttributes.Shared, arguments.Pointer, environment.Pointer);
        return error == 0 ? pid : throw SpawnFailure.Describe(error, path, start);
    }
}
