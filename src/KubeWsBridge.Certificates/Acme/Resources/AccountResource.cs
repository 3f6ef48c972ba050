namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>An account as the authority holds it (RFC 8555 section 7.1.2).</summary>
public sealed record AccountResource
{
    /// <summary>Whether it may be used.</summary>
    public AccountStatus Status { get; init; }

    /// <summary>URLs the authority may write to, mailto: in practice; many authorities keep none.</summary>
    public IReadOnlyList<string> Contact { get; init => field = value ?? []; } = [];
}
