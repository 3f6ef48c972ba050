using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge;

/// <summary>One path and the worker that serves it.</summary>
public sealed record RouteOptions
{
    /// <summary>
    /// <c>/chat</c> matches that path alone, <c>/chat/*</c> also everything below it, <c>/*</c> (the default) everything. The longest match wins.
    /// </summary>
    public string Path { get; init; } = "/*";

    /// <summary>The program to run, usually PHP: a path, or a name looked up in PATH.</summary>
    public required string Executable { get; init; }

    /// <summary>The script, given to the program after <see cref="Arguments"/>; null when the program is the handler itself.</summary>
    public string? Script { get; init; }

    /// <summary>Arguments between the program and the script.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The worker's working directory; null for the bridge's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The name of the launcher.</summary>
    public string Launcher { get; init; } = "auto";

    /// <summary>What a worker sees on its connection if it says no other in its hello line; raw, as the ancestor has it.</summary>
    public WorkerFraming Framing { get; init; } = WorkerFraming.Raw;

    /// <inheritdoc cref="PoolOptions"/>
    public PoolOptions Pool { get; init; } = new();

    /// <inheritdoc cref="ForkOptions"/>
    public ForkOptions Fork { get; init; } = new();

    /// <summary>The PHP-FPM pool of the <c>fastcgi</c> launcher; null when the route has none.</summary>
    public FastCgiOptions? FastCgi { get; init; }

    /// <inheritdoc cref="UpgradeMode"/>
    public UpgradeMode Upgrade { get; init; } = UpgradeMode.Ready;

    /// <summary>Origins that may connect, for example <c>https://example.com</c> or <c>https://*.example.com</c>; empty allows all, also none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Subprotocols in order of preference; empty chooses none (RFC 6455 section 4.2.2).</summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>Whether the worker's stdout is thrown away instead of going to the client as binary messages.</summary>
    public bool IgnoreStdout { get; init; }

    /// <summary>Most sessions of this route at a time; 0 (the default) leaves it to the limits for all.</summary>
    public int MaxConnections { get; init; }
}
