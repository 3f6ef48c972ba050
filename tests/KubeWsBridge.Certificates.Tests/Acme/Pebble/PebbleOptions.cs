namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>How a pebble is set up.</summary>
public sealed record PebbleOptions
{
    /// <summary>Key id and MAC key of the external account that new accounts must be bound to; null for none.</summary>
    public (string KeyId, string MacKey)? ExternalAccount { get; init; }

    /// <summary>The port of the DNS server on 127.0.0.1 it looks names up in; null for one of its own, where every name is 127.0.0.1.</summary>
    public int? DnsPort { get; init; }

    /// <summary>Names it gives no certificates for.</summary>
    public string[] Blocked { get; init; } = [];

    /// <summary>How many further roots sign its intermediates.</summary>
    public int AlternateRoots { get; init; }

    /// <summary>Seconds its certificates last.</summary>
    public int Validity { get; init; } = 90 * 86_400;

    /// <summary>Percentage of good nonces it refuses.</summary>
    public int RefusedNonces { get; init; } = 50;

    /// <summary>Percentage of new orders in which it takes over authorizations from before.</summary>
    public int ReusedAuthorizations { get; init; }
}
