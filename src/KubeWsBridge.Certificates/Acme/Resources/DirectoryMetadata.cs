namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>What an authority says of itself in its directory.</summary>
public sealed record DirectoryMetadata
{
    /// <summary>The terms a new account has to agree to; null when there are none.</summary>
    public Uri? TermsOfService { get; init; }

    /// <summary>The authority's home page.</summary>
    public Uri? Website { get; init; }

    /// <summary>Whether accounts must be bound to an external one.</summary>
    public bool ExternalAccountRequired { get; init; }

    /// <summary>Domain names by which CAA records allow this authority.</summary>
    public IReadOnlyList<string> CaaIdentities { get; init => field = value ?? []; } = [];

    /// <summary>Kinds of certificates that may be asked for, with a description each (draft-ietf-acme-profiles).</summary>
    public IReadOnlyDictionary<string, string> Profiles { get; init; } = new Dictionary<string, string>();
}
