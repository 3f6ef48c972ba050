namespace KubeWsBridge.Configuration.Sources;

/// <summary>Everything the configuration file says.</summary>
internal sealed record ConfigurationFile
{
    /// <summary>A file that says nothing.</summary>
    public static ConfigurationFile Empty { get; } = new();

    /// <summary>The keys at the top.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>The entries of <c>routes</c>; null when the key is not there.</summary>
    public IReadOnlyList<RouteEntry>? Routes { get; init; }
}
