using KubeWsBridge.Bridge.Launching.FastCgi;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands a route its PHP-FPM pool.</summary>
internal static class FastCgiOptionsMapper
{
    /// <summary>The pool; null when the route names none.</summary>
    public static FastCgiOptions? Map(OptionValues route) => route.Find(FastCgiOptionRows.Address) is not { } address ? null : new FastCgiOptions
    {
        Address = address,
        Workers = route.Get(FastCgiOptionRows.Workers),
        Reserve = route.Get(FastCgiOptionRows.Reserve),
        StatusPath = route.Find(FastCgiOptionRows.StatusPath),
        StatusAddress = route.Find(FastCgiOptionRows.StatusAddress),
    };
}
