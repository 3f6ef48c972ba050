using KubeWsBridge.Bridge;
using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>Options of the worker's side that the ancestor did not have.</summary>
internal static class WorkerOptions
{
    private const string Later = "the fork, pool and fastcgi launchers";

    /// <summary>How workers are started.</summary>
    public static readonly OptionDefinition<string> Launcher = new()
    {
        Flag = "launcher",
        Kind = new ChoiceKind<string>(
            new("auto", "auto"),
            new("process", "process"),
            new("pool", "pool") { NotYet = Later },
            new("fork", "fork") { NotYet = Later },
            new("fastcgi", "fastcgi")),
        Default = "auto",
        Group = Extra,
        IsPerRoute = true,
        Help = "How a worker comes to life: process starts PHP for each connection; auto takes the fastest that works here.",
    };

    /// <summary>How bytes look on the worker's connection.</summary>
    public static readonly OptionDefinition<string> Framing = new()
    {
        Flag = "framing",
        Kind = new ChoiceKind<string>(new("raw", "raw"), new("messages", "messages") { NotYet = "the messages framing" }),
        Default = "raw",
        Group = Extra,
        IsPerRoute = true,
        Help = "What the worker sees on its connection: raw is the payload bytes alone.",
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
        NotYet = Later,
        Help = "PHP file the fork server loads before it forks.",
    };

    /// <summary>How many workers wait.</summary>
    public static readonly OptionDefinition<int> PoolSize = new()
    {
        Flag = "pool-size",
        Kind = new IntegerKind(0, IntegerKind.Plenty),
        Group = Extra,
        NotYet = Later,
        IsPerRoute = true,
        Help = "Workers the pool keeps waiting.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
    [
        Launcher, Framing, Upgrade, WorkingDirectory, IgnoreStdout, HelloTimeout, WorkerGrace, TerminateGrace, ForkPreload, PoolSize,
        .. FastCgiOptionRows.All,
    ];
}
