namespace KubeWsBridge.Bridge.Launching;

/// <summary>What the <c>pool</c> launcher keeps waiting.</summary>
public sealed record PoolOptions
{
    /// <summary>The size that <c>--launcher pool</c> takes when none is given: a burst of a few clients, for some 20 MiB.</summary>
    public const int DefaultSize = 4;

    /// <summary>Workers kept waiting for each route; 0 (the default) leaves it to <see cref="DefaultSize"/>, and keeps <c>auto</c> from taking the pool.</summary>
    public int Size { get; init; }

    /// <summary>PHP file that waiting workers have loaded already; null for none.</summary>
    public string? Preload { get; init; }
}
