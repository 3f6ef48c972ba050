namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>A TXT value that a fake has: its name within the zone, and the value as it was given.</summary>
internal sealed record Stored(int Id, string Host, string Value, int Ttl);
