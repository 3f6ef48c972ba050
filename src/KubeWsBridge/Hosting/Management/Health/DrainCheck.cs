using KubeWsBridge.Bridge.Admission;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>Whether the bridge is going away, and clients should be sent elsewhere.</summary>
internal sealed class DrainCheck(AdmissionGate gate) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "drain";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(gate.Draining
            ? HealthCheckResult.Unhealthy($"Draining: {gate.Sessions} connections are left.")
            : HealthCheckResult.Healthy("Not draining."));
}
