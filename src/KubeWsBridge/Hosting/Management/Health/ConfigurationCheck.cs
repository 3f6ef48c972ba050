using KubeWsBridge.Hosting.Reloading;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>Whether what the configuration file says is in force. Never a reason not to serve: what it said before is.</summary>
internal sealed class ConfigurationCheck(Func<ReloadState> state) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "configuration";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state() switch
        {
            { Problems.Count: > 0 and var count } =>
                HealthCheckResult.Degraded($"The configuration file is wrong, and what it said before stays in force; problems: {count}, see the log."),
            { Restart.Count: > 0 } now =>
                HealthCheckResult.Degraded($"The configuration file has changes that need a restart: {string.Join(", ", now.Restart)}."),
            _ => HealthCheckResult.Healthy("What the configuration file says is in force."),
        });
}
