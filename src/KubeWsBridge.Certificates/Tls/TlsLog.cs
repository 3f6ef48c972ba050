using KubeWsBridge.Certificates.Diagnostics;
using KubeWsBridge.Certificates.Pairs;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>What is logged of TLS.</summary>
internal static partial class TlsLog
{
    private const int Base = EventRanges.Tls;

    [LoggerMessage(Base + 1, LogLevel.Information, "Certificate for {Names}: {Algorithm}, serial {Serial}, valid until {NotAfter}.")]
    public static partial void Showing(ILogger logger, string names, KeyAlgorithm algorithm, string serial, string notAfter);

    [LoggerMessage(Base + 2, LogLevel.Warning, "{Warning}")]
    public static partial void Warning(ILogger logger, string warning);

    [LoggerMessage(Base + 3, LogLevel.Information, "A handshake was refused because of the client's certificate: {Why}.")]
    public static partial void ClientRefused(ILogger logger, string why);

    [LoggerMessage(Base + 4, LogLevel.Warning,
        "TLS 1.2 is offered with the system's own suites, which may include CBC, because {Why}. TLS 1.3 is not concerned.")]
    public static partial void SystemSuites(ILogger logger, string why);

    [LoggerMessage(Base + 5, LogLevel.Warning,
        "SESSION KEYS ARE WRITTEN to {File}: whoever can read it can read all recorded traffic. Never use --tls-secrets-log in production.")]
    public static partial void SecretsLogged(ILogger logger, string file);

    [LoggerMessage(Base + 6, LogLevel.Information, "Certificates were read again: {Count} are shown now; connections keep what they have.")]
    public static partial void Reloaded(ILogger logger, int count);

    [LoggerMessage(Base + 7, LogLevel.Error, "Certificates were read again and can't be used; the old ones stay. {Why}")]
    public static partial void ReloadFailed(ILogger logger, string why);

    [LoggerMessage(Base + 8, LogLevel.Information, "Certificates were read again; nothing has changed.")]
    public static partial void Unchanged(ILogger logger);
}
