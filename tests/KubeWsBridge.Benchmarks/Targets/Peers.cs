namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The table of peers.</summary>
internal static class Peers
{
    /// <summary>The one that ratios refer to.</summary>
    public const string Reference = "nginx";

    /// <summary>All of them, in the order of reports.</summary>
    public static IReadOnlyList<IPeer> All { get; } = [new Nginx(), new Haproxy(), new Websockify(), new Direct()];

    /// <summary>Those of a quick run: the reference.</summary>
    public static IReadOnlyList<IPeer> Few { get; } = [.. All.Where(peer => peer.Name == Reference)];
}
