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
        var (limits, sessions, workers, capacity) = (gate.Options, gate.Sessions, gate.Workers, gate.Capacity);
        var data = new Dictionary<string, object>
        {
            ["sessions"] = sessions,
            ["maxConnections"] = Text(limits.MaxConnections),
            ["workers"] = workers,
            ["maxProcesses"] = Text(limits.MaxProcesses),
            ["capacity"] = capacity,
        };
        if (gate.Memory is { } memory)
        {
            data["memoryUsed"] = memory.Reading.Used;
            data["memoryLimit"] = memory.Reading.Limit;
            data["memoryPerWorker"] = memory.PerWorker;
        }

        return Task.FromResult(IsReached(sessions, limits.MaxConnections)
            ? HealthCheckResult.Degraded($"Full: {sessions} connections (--max-connections).", data: data)
            : IsReached(workers, limits.MaxProcesses)
                ? HealthCheckResult.Degraded($"Full: {workers} workers (--max-processes).", data: data)
                : Math.Max(sessions, workers) >= capacity
                    ? HealthCheckResult.Degraded($"Full: {sessions} connections, and no memory or files for more.", data: data)
                    : HealthCheckResult.Healthy($"{sessions} connections of {capacity}.", data));
    }

    private static bool IsReached(int count, int limit) => limit != AdmissionOptions.Auto && count >= limit;

    private static object Text(int limit) => limit == AdmissionOptions.Auto ? "auto" : limit;
}
