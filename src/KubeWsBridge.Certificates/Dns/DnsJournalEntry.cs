namespace KubeWsBridge.Certificates.Dns;

/// <summary>A record that is to be removed.</summary>
/// <param name="Provider">The name of the provider that added it.</param>
/// <param name="Record">The record.</param>
public sealed record DnsJournalEntry(string Provider, TxtRecord Record);
