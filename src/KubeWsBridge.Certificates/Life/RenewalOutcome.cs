namespace KubeWsBridge.Certificates.Life;

/// <summary>What came of an order that a person asked for.</summary>
/// <param name="Certificate">The new certificate; null when there is none.</param>
/// <param name="IsElsewhere">Whether another process was ordering at that moment, so that nothing was done here.</param>
/// <param name="Failures">What each authority, or the way to it, had against it.</param>
public sealed record RenewalOutcome(StoredCertificate? Certificate, bool IsElsewhere, IReadOnlyList<string> Failures);
