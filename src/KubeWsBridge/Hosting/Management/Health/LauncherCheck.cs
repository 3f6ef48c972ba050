using KubeWsBridge.Bridge.Launching;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>
/// Whether workers can be started. A launcher that does it in another way than it was asked to is a reason to look; only when no route's launcher can
/// start any is it a reason to send clients elsewhere, for a route that works is served by this pod alone while it is ready.
/// </summary>
internal sealed class LauncherCheck(Func<IReadOnlyList<LauncherStatus>> launchers) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "launcher";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = launchers();
        var problems = string.Join(' ', all.Select(status => status.Health.Problem).OfType<string>().Distinct());
        var data = all.ToDictionary(status => status.Route, object (status) => $"{status.Launcher}: {Word(status.Health)}");
        return Task.FromResult(
            all.All(status => status.Health.IsDown) ? HealthCheckResult.Unhealthy(problems, data: data)
            : problems.Length > 0 ? HealthCheckResult.Degraded(problems, data: data)
            : HealthCheckResult.Healthy("Workers are started as configured.", data));
    }

    private static string Word(LauncherHealth health) => health.IsDown ? "down" : health.IsDegraded ? "degraded" : "ready";
}
