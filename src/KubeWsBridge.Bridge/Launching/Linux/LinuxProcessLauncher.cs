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
internal sealed class LinuxProcessLauncher : ILauncher
{
    private readonly EpollLoop _loop;
    private readonly ExitWatch _exits;
    private readonly Lifeline _lifeline;

    public LinuxProcessLauncher(ILogger logger)
        : this(logger, new PidfdWatch(EpollLoop.Shared))
    {
    }

    public LinuxProcessLauncher(ILogger logger, IExitWatch exits)
    {
        Inheritance.Ensure();
        _loop = EpollLoop.Shared;
        _exits = new ExitWatch(exits, logger);
        _lifeline = new Lifeline(logger);
    }

    /// <inheritdoc/>
    public string Name => ProcessLauncher.Name;

    /// <inheritdoc/>
    public ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IWorker>(cancellationToken);

        try
        {
            // Inline: posix_spawn is a vfork and holds this thread for a fraction of a millisecond.
            return new ValueTask<IWorker>(Launch(request));
        }
        catch (LaunchException exception)
        {
            return ValueTask.FromException<IWorker>(exception);
        }
    }

    private LinuxWorker Launch(LaunchRequest request)
    {
        var path = ExecutableSearch.Find(request);
        using var output = Pipe.Open();
        using var errors = Pipe.Open();
        using var line = _lifeline.Open();

        var child = new Child(Spawn(path, request, output.WriteEnd, errors.WriteEnd, line));
        if (line is not null)
            _lifeline.Tie(line, child.ProcessId);

        var worker = new LinuxWorker(child, output.TakeReadEnd(), errors.TakeReadEnd(), _loop);
        _exits.Watch(child);
        return worker;
    }

    private static unsafe int Spawn(string path, LaunchRequest request, SafeFileHandle output, SafeFileHandle errors, SafeFileHandle? line)
    {
        using var arguments = WorkerStrings.Arguments(request);
        using var environment = WorkerStrings.Environment(request);
        using var nativePath = NativeStrings.From([path]);
        using var actions = new SpawnActions();
        actions.Open("/dev/null", target: 0);
        actions.Inherit(output, target: 1);
        actions.Inherit(errors, target: 2);

        // Last, because in the child its number may be that of one of the pipes above.
        if (line is not null)
            actions.Inherit(line, Lifeline.ChildDescriptor);
        if (request.WorkingDirectory is { } directory)
            actions.ChangeDirectory(directory);

        int pid;
        var error = PosixSpawn.posix_spawn(
            &pid, *nativePath.Pointer, actions.Pointer, (void*)SpawnAttributes.Shared, arguments.Pointer, environment.Pointer);
        return error == 0 ? pid : throw SpawnFailure.Describe(error, path, request);
    }
}
