namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>A time to renew in.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="End">Its end.</param>
public sealed record RenewalWindow(DateTimeOffset Start, DateTimeOffset End);
