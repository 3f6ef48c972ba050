namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>A Lease as it was seen for the first time.</summary>
/// <param name="Version">Its resource version.</param>
/// <param name="At">When, as a timestamp of the own clock.</param>
internal sealed record LeaseSighting(string? Version, long At);
