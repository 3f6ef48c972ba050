using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Tls;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Has TLS show what an authority has issued.</summary>
internal sealed class CertificateShelf(TlsServer tls) : ICertificateSink
{
    /// <inheritdoc/>
    public Task ServeAsync(ManagedCertificate managed, StoredCertificate certificate) => tls.ShowAsync([certificate.ToPair()]);
}
