using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Makes the life of the configured certificate, for the server and for commands.</summary>
internal static class ManagedLife
{
    /// <summary>The life; it does nothing by itself.</summary>
    public static CertificateLife Of(
        AutomationSettings settings, ICertificateStorage storage, ChallengeSolvers solvers, ICertificateSink sink, TimeProvider timeProvider, ILogger logger,
        CertificateMetrics metrics)
    {
        return new(
            settings.Certificate, storage, solvers.All, reuse => CertificateKeys.Of(settings.KeyType, reuse), sink, Setup(timeProvider), logger, metrics);
    }

    /// <summary>What all of them share.</summary>
    public static LifeSetup Setup(TimeProvider timeProvider) => new() { UserAgent = $"KubeWsBridge/{ProgramVersion.Text}", Time = timeProvider };
}
