namespace KubeWsBridge.Configuration.Sources;

/// <summary>What the file says about one entry of a list: a route, a listener, a certificate.</summary>
internal sealed record ListEntry(IReadOnlyList<Setting> Settings);
