using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Files;

/// <summary>A pair that has been read, or everything that is wrong with it.</summary>
/// <param name="Pair">The pair; null when there are faults.</param>
/// <param name="Faults">What keeps it from being used.</param>
/// <param name="Warnings">Whole sentences about what works but may not be meant.</param>
public sealed record PairReading(CertificatePair? Pair, IReadOnlyList<FileFault> Faults, IReadOnlyList<string> Warnings);
