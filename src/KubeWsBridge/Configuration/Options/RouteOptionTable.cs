using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>What an entry of <c>routes</c> may say: two keys of its own, and every per-route option of the main table.</summary>
internal static class RouteOptionTable
{
    /// <summary>The key of the list.</summary>
    public const string RoutesKey = "routes";

    /// <summary>What the route matches.</summary>
    public static readonly OptionDefinition<string> Path = new()
    {
        Flag = "path",
        Kind = new RoutePathKind(),
        Default = "/*",
        Group = Extra,
        Help = "What the route matches: /chat that path alone, /chat/* also everything below it. The longest match wins.",
    };

    /// <summary>Most sessions of the route. The key of the same name outside limits all routes together and is no default.</summary>
    public static readonly OptionDefinition<int> MaxConnections = new()
    {
        Flag = "max-connections",
        Kind = new IntegerKind(0, IntegerKind.Plenty),
        Default = "0",
        Group = Extra,
        Help = "Most connections of this route at a time, within the limit for all; 0 leaves it to that.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
        [Path, .. OptionTable.All.Where(option => option.IsPerRoute), MaxConnections];
}
