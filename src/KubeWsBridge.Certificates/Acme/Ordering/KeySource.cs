namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Makes keys of one kind.</summary>
/// <param name="type">The kind.</param>
/// <param name="reuse">The key of the certificate before, when it is to be kept; null for a new key each time.</param>
public sealed class KeySource(CertificateKeyType type, string? reuse = null) : IKeySource
{
    /// <inheritdoc/>
    public ICertificateKey Make() => reuse is null ? CertificateKey.Create(type) : CertificateKey.FromPem(reuse);

    /// <inheritdoc/>
    public ICertificateKey Load(string pem) => CertificateKey.FromPem(pem);
}
