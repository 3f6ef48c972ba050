namespace KubeWsBridge.Configuration.Sources;

/// <summary>What the file says about one route.</summary>
internal sealed record RouteEntry(IReadOnlyList<Setting> Settings);
