namespace KubeWsBridge.Certificates.Life;

/// <summary>What is written down beside a certificate.</summary>
/// <param name="Issuer">The directory of the authority it came from.</param>
/// <param name="Names">What it was ordered for.</param>
/// <param name="ObtainedAt">When.</param>
public sealed record CertificateRecord(Uri Issuer, IReadOnlyList<string> Names, DateTimeOffset ObtainedAt);
