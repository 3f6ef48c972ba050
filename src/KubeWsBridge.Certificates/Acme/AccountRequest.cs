using KubeWsBridge.Certificates.Acme.Signing;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>What a new account is made with.</summary>
public sealed record AccountRequest
{
    /// <summary>URLs the authority may write to, for example mailto:admin@example.com; may be empty.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>Whether its owner agrees to the authority's terms; most make no account otherwise.</summary>
    public bool TermsAgreed { get; init; }

    /// <summary>The account elsewhere that it is bound to; null for none.</summary>
    public ExternalAccount? ExternalAccount { get; init; }
}
