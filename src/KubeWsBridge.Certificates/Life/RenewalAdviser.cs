using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Keeps what the authority says about when to renew (RFC 9773), and asks again when that is to be done.</summary>
internal sealed class RenewalAdviser(ManagedCertificate managed, LifeSetup setup, LifeReport report)
{
    private static readonly TimeSpan AskAgainAfterFailure = TimeSpan.FromHours(1);

    private string? _version;
    private RenewalWindow? _window;
    private DateTimeOffset _askAt;

    /// <summary>The authority's window for the certificate; null when it gives none.</summary>
    public async Task<RenewalWindow?> AdviseAsync(StoredCertificate certificate, CancellationToken cancellationToken)
    {
        var now = setup.Time.GetUtcNow();
        if (certificate.Version != _version)
            (_version, _window, _askAt) = (certificate.Version, null, now);
        if (now < _askAt)
            return _window;

        _askAt = now + AskAgainAfterFailure;
        var issuer = managed.Issuers.FirstOrDefault(issuer => issuer.Directory == certificate.Record.Issuer);
        if (issuer is null || CertificateId.Of(certificate.Leaf) is not { } id)
            return null;
        try
        {
            using var client = setup.CreateImpatientClient(issuer);
            var advice = await client.GetRenewalAdviceAsync(id, cancellationToken);
            _askAt = now + (advice?.AskAgain ?? TimeSpan.FromDays(1));
            if (advice is not null && advice.Window != _window)
                report.Advised(advice);
            _window = advice?.Window;
        }
        catch (AcmeException failed)
        {
            // The window from before still stands, or else the share of the lifetime that remains.
            report.AdviceFailed(failed);
        }
        return _window;
    }
}
