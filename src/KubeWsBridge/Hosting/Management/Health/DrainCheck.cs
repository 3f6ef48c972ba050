using KubeWsBridge.Hosting.Draining;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>Whether the bridge is going away, and clients should be sent elsewhere: from the first moment, while it still accepts those that come.</summary>
internal sealed class DrainCheck(Drain drain) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "drain";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.Status is { State: not DrainState.Serving } status
            ? HealthCheckResult.Unhealthy($"Draining ({status.State.ToString().ToLowerInvariant()}): {status.SessionsLeft} sessions are left.")
            : HealthCheckResult.Healthy("Not draining."));
}
