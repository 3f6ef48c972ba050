namespace KubeWsBridge.Bridge.Launching;

/// <summary>How the <c>fork</c> launcher's server is started and when it is replaced.</summary>
public sealed record ForkOptions
{
    /// <summary>PHP file that the server loads before it forks, and that workers therefore have loaded already; null for none.</summary>
    public string? Preload { get; init; }

    /// <summary>Arguments of the server's PHP, after those of the route.</summary>
    public IReadOnlyList<string> PhpArguments { get; init; } = [];

    /// <summary>After so many workers the server is replaced by a fresh one; 0 (the default) for never.</summary>
    public int MaxChildren { get; init; }

    /// <summary>Workers that are forked before their connections come; 0 (the default) for none. They save the client the time a fork takes.</summary>
    public int Spares { get; init; }

    /// <summary>
    /// The directory by which a server that somebody else starts, in another container for example, meets the bridge; null (the default) when
    /// the bridge starts its own.
    /// </summary>
    public string? ServerDirectory { get; init; }
}
