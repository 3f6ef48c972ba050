using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>All certificates of a source.</summary>
/// <param name="Pairs">The certificates, at least one; the first is the default.</param>
/// <param name="Warnings">Whole sentences about what works but may not be meant.</param>
public sealed record SourceReading(IReadOnlyList<CertificatePair> Pairs, IReadOnlyList<string> Warnings);
