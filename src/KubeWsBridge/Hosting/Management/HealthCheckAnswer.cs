namespace KubeWsBridge.Hosting.Management;

/// <summary>What one check says.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Data">Figures, as text; null when there are none.</param>
internal sealed record HealthCheckAnswer(string Status, string? Description, IReadOnlyDictionary<string, string>? Data);
