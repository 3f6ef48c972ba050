using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Asks for client certificates and judges them, in the four ways there are.</summary>
internal sealed class ClientVerification(ClientAuthMode mode, X509Certificate2Collection authorities, ILogger logger)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The authorities whose names clients are told, so that browsers offer the right certificates; null to tell none.</summary>
    public SslCertificateTrust? Trust { get; } =
        authorities.Count > 0 && OperatingSystem.IsLinux() ? SslCertificateTrust.CreateForX509Collection(authorities, sendTrustInHandshake: true) : null;

    private bool Verifies => mode is ClientAuthMode.VerifyIfGiven or ClientAuthMode.RequireAndVerify;

    /// <summary>Makes handshakes with these options ask.</summary>
    public void Apply(SslServerAuthenticationOptions options)
    {
        if (mode == ClientAuthMode.None)
            return;
        options.ClientCertificateRequired = true; // which only makes it ask; the callback decides
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Judge(certificate, chain, errors);
        if (Verifies)
            options.CertificateChainPolicy = Policy();
    }

    // A certificate without extended key usage may be used for anything; one with it must allow clients.
    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { new Oid(ClientAuthentication) },
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private bool Judge(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return mode is ClientAuthMode.Request or ClientAuthMode.VerifyIfGiven || Refuse("it has none");
        return !Verifies || errors == SslPolicyErrors.None || Refuse(Why(certificate, chain));
    }

    private static string Why(X509Certificate certificate, X509Chain? chain)
    {
        var reasons = chain?.ChainStatus.Select(status => $"{status.Status} ({status.StatusInformation.Trim().TrimEnd('.')})").Distinct() ?? [];
        return $"{certificate.Subject}: {string.Join(", ", reasons)}";
    }

    private bool Refuse(string why)
    {
        TlsLog.ClientRefused(logger, why);
        return false;
    }
}
