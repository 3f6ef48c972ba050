using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>Whether clients can connect yet.</summary>
internal sealed class ListenerCheck(Func<IPEndPoint?> address) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "listener";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(address() is { } bound
            ? HealthCheckResult.Healthy($"Listening on {bound}.")
            : HealthCheckResult.Unhealthy("Not listening yet."));
}
