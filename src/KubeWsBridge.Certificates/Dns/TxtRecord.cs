using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>One value of a TXT record; names are lower-case and have no dot at their end.</summary>
public sealed record TxtRecord
{
    /// <summary>The zone the name is in, such as <c>example.com</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>The whole name, such as <c>_acme-challenge.www.example.com</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The value, without quotes.</summary>
    public required string Value { get; init; }

    /// <summary>How long resolvers may keep it; full seconds.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>The name within its zone, such as <c>_acme-challenge.www</c>; empty for the zone's own name.</summary>
    [JsonIgnore]
    public string Host => Name == Zone ? "" : Name[..^(Zone.Length + 1)];

    /// <summary><see cref="Host"/>, with <c>@</c> for the zone's own name, as most interfaces write it.</summary>
    internal string HostOrAt => Host.Length == 0 ? "@" : Host;

    /// <summary><see cref="Ttl"/> in seconds.</summary>
    [JsonIgnore]
    public int TtlSeconds => (int)Ttl.TotalSeconds;
}
