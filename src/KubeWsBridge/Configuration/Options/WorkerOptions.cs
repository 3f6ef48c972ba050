using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>Options of the worker's side that the ancestor did not have.</summary>
internal static class WorkerOptions
{
    /// <summary>How workers are started.</summary>
    public static readonly OptionDefinition<string> Launcher = new()
    {
        Flag = "launcher",
        Kind = new ChoiceKind<string>(
            [.. LauncherTable.Standard().Names.Select(name => new Choice<string>(name, name))]),
        Default = "auto",
        Group = Extra,
        IsPerRoute = true,
        Help = "How a worker comes to life: process starts PHP for each connection, pool has started it before, fork copies one that runs, fastcgi asks PHP-FPM; auto takes the best that works here.",
    };

    /// <summary>How bytes look on the worker's connection.</summary>
    public static readonly OptionDefinition<WorkerFraming> Framing = new()
    {
        Flag = "framing",
        Kind = new ChoiceKind<WorkerFraming>(new("raw", WorkerFraming.Raw), new("messages", WorkerFraming.Messages)),
        Default = "raw",
        Group = Extra,
        IsPerRoute = true,
        Help = "What a worker sees on its connection, unless its hello line says other: raw is the payload bytes alone, messages keeps boundaries and types.",
    };

    /// <summary>When the upgrade is answered.</summary>
    public static readonly OptionDefinition<UpgradeMode> Upgrade = new()
    {
        Flag = "upgrade",
        Kind = new ChoiceKind<UpgradeMode>(new("ready", UpgradeMode.Ready), new("early", UpgradeMode.Early)),
        Default = "ready",
        Group = Extra,
        IsPerRoute = true,
        Help = "When the client gets its 101: ready waits for the worker, so that a failed start is an HTTP error; early does not.",
    };

    /// <summary>Where workers run.</summary>
    public static readonly OptionDefinition<string> WorkingDirectory = new()
    {
        Flag = "working-directory",
        Kind = new TextKind("DIR", "the path of a directory"),
        Group = Extra,
        IsPerRoute = true,
        Help = "Working directory of the workers; the bridge's own when not set.",
    };

    /// <summary>Whether stdout is thrown away.</summary>
    public static readonly OptionDefinition<bool> IgnoreStdout = new()
    {
        Flag = "ignore-stdout",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Extra,
        IsPerRoute = true,
        Help = "Throw away what workers print, instead of sending it to the client as binary messages.",
    };

    /// <summary>How long the hello line may take.</summary>
    public static readonly OptionDefinition<TimeSpan> HelloTimeout = new()
    {
        Flag = "hello-timeout",
        Kind = new DurationKind(allowZero: false),
        Default = "10s",
        Group = Extra,
        Help = "How long a worker that has connected back may take to send its connection id.",
    };

    /// <summary>How long a worker may go on after its input ended.</summary>
    public static readonly OptionDefinition<TimeSpan> WorkerGrace = new()
    {
        Flag = "worker-grace",
        Kind = new DurationKind(),
        Default = "5s",
        Group = Extra,
        Help = "How long a worker may go on after its input has ended, before SIGTERM.",
    };

    /// <summary>How long a worker may take to obey SIGTERM.</summary>
    public static readonly OptionDefinition<TimeSpan> TerminateGrace = new()
    {
        Flag = "terminate-grace",
        Kind = new DurationKind(),
        Default = "2s",
        Group = Extra,
        Help = "How long a worker may take to obey SIGTERM, before SIGKILL.",
    };

    /// <summary>What the fork server loads first.</summary>
    public static readonly OptionDefinition<string> ForkPreload = new()
    {
        Flag = "fork-preload",
        Kind = new TextKind("FILE", "the path of a PHP file"),
        Group = Extra,
        IsPerRoute = true,
        Help = "PHP file the fork server loads before it forks.",
    };

    /// <summary>The fork server's own PHP arguments.</summary>
    public static readonly OptionDefinition<string> ForkPhpArgs = new()
    {
        Flag = "fork-php-args",
        Kind = new TextKind("ARG", "an argument of PHP, for example -dopcache.enable_cli=1"),
        IsList = true,
        SplitsFlagAtCommas = false,
        Group = Extra,
        IsPerRoute = true,
        Help = "Arguments of the fork server's PHP, after those of --php-args; what they set holds for its workers too.",
    };

    /// <summary>When the fork server is replaced.</summary>
    public static readonly OptionDefinition<int> ForkMaxChildren = new()
    {
        Flag = "fork-max-children",
        Kind = new IntegerKind(0, IntegerKind.Plenty),
        Default = "0",
        Group = Extra,
        IsPerRoute = true,
        Help = "After so many workers the fork server is replaced by a fresh one; 0 for never. Running workers are not touched.",
    };

    /// <summary>How many workers are forked ahead.</summary>
    public static readonly OptionDefinition<int> ForkSpares = new()
    {
        Flag = "fork-spares",
        Kind = new IntegerKind(0, 1000),
        Default = "0",
        Group = Extra,
        IsPerRoute = true,
        Help = "Workers that the fork server has forked before their connections come; each saves a client the few milliseconds of a fork. Routes that share a fork server share them.",
    };

    /// <summary>Where a fork server that runs elsewhere meets the bridge.</summary>
    public static readonly OptionDefinition<string> ForkServerDir = new()
    {
        Flag = "fork-server-dir",
        Kind = new TextKind("DIR", "the path of a directory"),
        Group = Extra,
        IsPerRoute = true,
        Help = "Directory by which a fork server you start yourself, in another container for example, meets the bridge.",
    };

    /// <summary>How many workers wait.</summary>
    public static readonly OptionDefinition<int> PoolSize = new()
    {
        Flag = "pool-size",
        Kind = new IntegerKind(0, 10_000),
        Default = "0",
        Group = Extra,
        IsPerRoute = true,
        Help = "Workers the pool keeps waiting for each route, beside the busy ones; 0 takes 4 with --launcher pool.",
    };

    /// <summary>What waiting workers have loaded.</summary>
    public static readonly OptionDefinition<string> PoolPreload = new()
    {
        Flag = "pool-preload",
        Kind = new TextKind("FILE", "the path of a PHP file"),
        Group = Extra,
        IsPerRoute = true,
        Help = "PHP file that waiting workers load before their connection comes.",
    };

    /// <summary>What a worker is thought to take before that is measured.</summary>
    public static readonly OptionDefinition<long> WorkerMemory = new()
    {
        Flag = "worker-memory",
        Kind = new SizeKind(128 << 10, 1L << 40),
        Default = "16m",
        Group = Extra,
        IsStatic = true,
        Help = "With a limit that is auto: the memory a worker is thought to take until the first ones have been measured.",
    };

    /// <summary>How much memory is kept free.</summary>
    public static readonly OptionDefinition<int> MemoryReserve = new()
    {
        Flag = "memory-reserve",
        Kind = new IntegerKind(1, 90, "PERCENT"),
        Default = "15",
        Group = Extra,
        IsStatic = true,
        Help = "With a limit that is auto: how much of the memory limit is kept free for workers that grow, in percent.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
    [
        Launcher, Framing, Upgrade, WorkingDirectory, IgnoreStdout, HelloTimeout, WorkerGrace, TerminateGrace, ForkPreload, ForkPhpArgs,
        ForkMaxChildren, ForkSpares, ForkServerDir, PoolSize, PoolPreload, WorkerMemory, MemoryReserve, .. FastCgiOptionRows.All,
    ];
}
