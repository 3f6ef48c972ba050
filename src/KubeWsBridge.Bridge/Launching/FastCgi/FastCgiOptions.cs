namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>A PHP-FPM pool and how much of it sessions may take. Routes with the same options share the pool and its permits.</summary>
public sealed record FastCgiOptions
{
    /// <summary>Where the pool listens.</summary>
    public required FastCgiAddress Address { get; init; }

    /// <summary>How many workers the pool has (<c>pm.max_children</c>), 1 or more; 0 to learn it from the status page.</summary>
    public int Workers { get; init; }

    /// <summary>How many workers sessions leave free for a web site, 0 or more; 0 (the default) for a pool of sessions alone.</summary>
    public int Reserve { get; init; }

    /// <summary>The pool's <c>pm.status_path</c>, for example <c>/status</c>; null (the default) when it offers none.</summary>
    public string? StatusPath { get; init; }

    /// <summary>The pool's <c>pm.status_listen</c>; null (the default) to ask one of the pool's own workers.</summary>
    public FastCgiAddress? StatusAddress { get; init; }
}
