using System.Globalization;
using KubeWsBridge.Certificates.Life;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>Whether clients are shown a certificate they can trust. Usually a reason to look: a pod without one is no better off without clients.</summary>
/// <param name="life">The certificate's life.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="isNeeded">Whether the bridge is not ready without one.</param>
internal sealed class CertificateCheck(CertificateLife life, TimeProvider timeProvider, bool isNeeded) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "certificate";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stage = new Dictionary<string, object> { ["stage"] = life.Stage.ToString().ToLowerInvariant() };
        if (life.Served is not { } served)
        {
            const string none = "There is no certificate from an authority yet; a self-signed one is shown.";
            return Task.FromResult(isNeeded ? HealthCheckResult.Unhealthy(none, data: stage) : HealthCheckResult.Degraded(none, data: stage));
        }

        stage["notAfter"] = served.NotAfter.ToString("u", CultureInfo.InvariantCulture);
        stage["serial"] = served.Leaf.SerialNumber;
        return Task.FromResult(served.NotAfter <= timeProvider.GetUtcNow()
            ? HealthCheckResult.Degraded("The certificate has expired.", data: stage)
            : HealthCheckResult.Healthy($"The certificate is from {served.Record.Issuer.Host}.", stage));
    }
}
