namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>What an order ends with.</summary>
/// <param name="Chain">The certificate and its chain.</param>
/// <param name="KeyPem">Its private key.</param>
public sealed record IssuedCertificate(CertificateChain Chain, string KeyPem);
