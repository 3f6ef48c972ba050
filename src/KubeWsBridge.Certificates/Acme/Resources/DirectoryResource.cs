namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>Where an authority's services are (RFC 8555 section 7.1.1).</summary>
public sealed record DirectoryResource
{
    /// <summary>Where nonces come from.</summary>
    public required Uri NewNonce { get; init; }

    /// <summary>Where accounts are made and found.</summary>
    public required Uri NewAccount { get; init; }

    /// <summary>Where orders are placed.</summary>
    public required Uri NewOrder { get; init; }

    /// <summary>Where certificates are revoked.</summary>
    public required Uri RevokeCert { get; init; }

    /// <summary>Where an account's key is changed.</summary>
    public required Uri KeyChange { get; init; }

    /// <summary>Where the authority says when to renew (RFC 9773); null when it does not.</summary>
    public Uri? RenewalInfo { get; init; }

    /// <summary>What else the authority says of itself.</summary>
    public DirectoryMetadata Meta { get; init => field = value ?? new(); } = new();
}
