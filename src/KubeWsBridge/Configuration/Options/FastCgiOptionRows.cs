using KubeWsBridge.Bridge.Launching.FastCgi;
using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>Options of the fastcgi launcher.</summary>
internal static class FastCgiOptionRows
{
    /// <summary>Where PHP-FPM listens.</summary>
    public static readonly OptionDefinition<FastCgiAddress> Address = new()
    {
        Flag = "fastcgi-address",
        Kind = new FastCgiAddressKind(),
        Group = Extra,
        IsPerRoute = true,
        Help = "Where the PHP-FPM pool listens, for --launcher fastcgi; --script is the path as PHP-FPM sees it then.",
    };

    /// <summary>How many workers the pool has.</summary>
    public static readonly OptionDefinition<int> Workers = new()
    {
        Flag = "fastcgi-workers",
        Kind = new IntegerKind(0, IntegerKind.Plenty),
        Default = "0",
        Group = Extra,
        IsPerRoute = true,
        Help = "How many workers the PHP-FPM pool has (pm.max_children); 0 learns it from --fastcgi-status-path.",
    };

    /// <summary>How many workers are kept free.</summary>
    public static readonly OptionDefinition<int> Reserve = new()
    {
        Flag = "fastcgi-reserve",
        Kind = new IntegerKind(0, IntegerKind.Plenty),
        Default = "0",
        Group = Extra,
        IsPerRoute = true,
        Help = "How many workers of the PHP-FPM pool are kept free for HTTP requests; connections that need one of them are refused with 503 at once.",
    };

    /// <summary>The pool's status page.</summary>
    public static readonly OptionDefinition<string> StatusPath = new()
    {
        Flag = "fastcgi-status-path",
        Kind = new TextKind("PATH", "the pm.status_path of the pool, such as /status"),
        Group = Extra,
        IsPerRoute = true,
        Help = "The pool's pm.status_path: read each second, so that workers busy with HTTP requests count too.",
    };

    /// <summary>Where the status page is served, if not by the pool's own workers.</summary>
    public static readonly OptionDefinition<FastCgiAddress> StatusAddress = new()
    {
        Flag = "fastcgi-status-address",
        Kind = new FastCgiAddressKind(),
        Group = Extra,
        IsPerRoute = true,
        Help = "The pool's pm.status_listen, which answers also while all workers are busy; one of them is asked when not set.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } = [Address, Workers, Reserve, StatusPath, StatusAddress];
}
