using KubeWsBridge.Bridge.Admission;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>How full the bridge is. A full one stays ready: it refuses with 503 by itself, and a pod less would make the others fuller.</summary>
internal sealed class CapacityCheck(AdmissionGate gate) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "capacity";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (limits, sessions, workers) = (gate.Options, gate.Sessions, gate.Workers);
        var data = new Dictionary<string, object>
        {
            ["sessions"] = sessions,
            ["maxConnections"] = limits.MaxConnections,
            ["workers"] = workers,
            ["maxProcesses"] = limits.MaxProcesses,
        };
        return Task.FromResult(sessions >= limits.MaxConnections
            ? HealthCheckResult.Degraded($"Full: {sessions} connections (--max-connections).", data: data)
            : workers >= limits.MaxProcesses
                ? HealthCheckResult.Degraded($"Full: {workers} workers (--max-processes).", data: data)
                : HealthCheckResult.Healthy($"{sessions} of {limits.MaxConnections} connections, {workers} of {limits.MaxProcesses} workers.", data));
    }
}
