using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>Options of the drain (docs/drain.md).</summary>
internal static class DrainOptionRows
{
    /// <summary>How long the ends may take.</summary>
    public static readonly OptionDefinition<TimeSpan> Timeout = new()
    {
        Flag = "drain-timeout",
        Kind = new DurationKind(),
        Default = "30s",
        Group = Extra,
        Help = "How long connections may take to end once a drain refuses new ones, before they are cut.",
    };

    /// <summary>How long to go on accepting.</summary>
    public static readonly OptionDefinition<TimeSpan> Delay = new()
    {
        Flag = "drain-delay",
        Kind = new DurationKind(),
        Default = "0",
        Group = Extra,
        Help = "How long to go on accepting after readiness is withdrawn, until load balancers have noticed; in a pod 5s to 15s.",
    };

    /// <summary>The time over which ends are spread.</summary>
    public static readonly OptionDefinition<TimeSpan> Period = new()
    {
        Flag = "drain-period",
        Kind = new DurationKind(),
        Default = "5s",
        Group = Extra,
        Help = "Time over which a drain spreads the ends of connections, idle ones first; workers in messages framing are told how long theirs has. Shortened where the drain timeout has no room for the last workers' grace behind it.",
    };

    /// <summary>What clients are told.</summary>
    public static readonly OptionDefinition<int> CloseCode = new()
    {
        Flag = "drain-close-code",
        Kind = new DrainCloseCodeKind(),
        Default = "1001",
        Group = Extra,
        Help = "Close code of a drain: 1001 (going away, RFC 6455) or 1012 (service restart). The reason ends with retry=MILLISECONDS, for clients that come back.",
    };

    /// <summary>When the program is killed.</summary>
    public static readonly OptionDefinition<TimeSpan> GracePeriod = new()
    {
        Flag = "grace-period",
        Kind = new DurationKind(),
        Default = "0",
        Group = Extra,
        IsStatic = true,
        Help = "When whoever stops the program kills it, a pod's terminationGracePeriodSeconds: a drain that does not fit is shortened. 0 for not known.",
    };

    /// <summary>Whether to wait.</summary>
    public static readonly OptionDefinition<bool> Wait = new()
    {
        Flag = "wait",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Extra,
        IsInFile = false,
        Help = "With the command drain: wait until it is over.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } = [Timeout, Delay, Period, CloseCode, GracePeriod, Wait];
}
