namespace KubeWsBridge.Hosting.Management;

/// <summary>What a probe says with <c>?verbose</c>.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>: the worst of all checks.</param>
/// <param name="Checks">Each check by its name.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, HealthCheckAnswer> Checks);
