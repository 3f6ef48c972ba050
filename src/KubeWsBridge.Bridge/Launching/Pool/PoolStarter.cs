using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Launching.Php;

namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>Starts waiting workers.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PoolStarter : IDisposable
{
    private const string PreloadVariable = "KWB_POOL_PRELOAD";
    private const string PrependVariable = "KWB_POOL_PREPEND";
    private const string ReadyVariable = "KWB_POOL_READY";

    private readonly LauncherContext _context;
    private readonly PrivateDirectory _directory;
    private readonly Fifo _ready;
    private readonly ProcessStart _start;

    /// <param name="plan">The route's workers.</param>
    /// <param name="facts">What its PHP says.</param>
    /// <param name="context">What all launchers share.</param>
    /// <exception cref="IOException">No directory can be made for the boot file.</exception>
    /// <exception cref="LaunchException">No pipe can be made in it.</exception>
    public PoolStarter(LaunchPlan plan, PhpFacts facts, LauncherContext context)
    {
        _context = context;
        _directory = PrivateDirectory.Create();
        _ready = Fifo.Create(Path.Join(_directory.Path, "ready"));
        var environment = new Dictionary<string, string>(context.Environment)
        {
            [ReadyVariable] = Path.Join(_directory.Path, "ready"),
            [PrependVariable] = facts.AutoPrependFile,
        };
        if (plan.Pool.Preload is { } preload)
            environment[PreloadVariable] = preload;
        _start = new ProcessStart
        {
            Launcher = PoolLauncherFactory.LauncherName,
            Executable = plan.Executable,
            Arguments = [.. plan.Arguments, "-d", $"auto_prepend_file={EmbeddedPhp.Write(EmbeddedPhp.PoolBoot, _directory)}", plan.Script!],
            Environment = environment,
            WorkingDirectory = plan.WorkingDirectory,
        };
    }

    /// <summary>Takes the end of a pipe where members tell that they are ready: their process id and a newline.</summary>
    public PolledPipeStream TakeReadySigns() => new(_ready.TakeReadEnd(), KubeWsBridge.Bridge.Linux.EpollLoop.Shared, static () => { });

    /// <summary>Starts one.</summary>
    /// <exception cref="LaunchException">It could not be started.</exception>
    public WaitingWorker Start()
    {
        using var input = Pipe.OpenInput();
        return new WaitingWorker(_context.Processes.Start(_start with { Input = input.ReadEnd }), input.TakeWriteEnd(), _context.Time.GetTimestamp());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ready.Dispose();
        _directory.Dispose();
    }
}
