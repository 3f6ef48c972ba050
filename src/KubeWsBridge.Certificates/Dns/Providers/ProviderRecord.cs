namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>A TXT record as a provider shows it.</summary>
/// <param name="Id">What it is deleted by.</param>
/// <param name="Name">Its name, whole or within the zone.</param>
/// <param name="Value">Its value, quoted or not.</param>
internal sealed record ProviderRecord(string Id, string Name, string Value);
