namespace KubeWsBridge.Certificates.Acme;

/// <summary>The table of the errors an authority may answer with, and what to do about each (RFC 8555 section 6.7, RFC 9773 section 7.4).</summary>
public static class ProblemKinds
{
    /// <summary>The nonce was not good; the request is sent again with another one.</summary>
    public const string BadNonce = "badNonce";

    /// <summary>Too much was asked for.</summary>
    public const string RateLimited = "rateLimited";

    /// <summary>There is no account with this key.</summary>
    public const string AccountDoesNotExist = "accountDoesNotExist";

    /// <summary>An account must be bound to an external one.</summary>
    public const string ExternalAccountRequired = "externalAccountRequired";

    /// <summary>The certificate was revoked before.</summary>
    public const string AlreadyRevoked = "alreadyRevoked";

    /// <summary>Another order has replaced the certificate before.</summary>
    public const string AlreadyReplaced = "alreadyReplaced";

    /// <summary>The order is not in the state for this.</summary>
    public const string OrderNotReady = "orderNotReady";

    /// <summary>No certificates are given for the name.</summary>
    public const string RejectedIdentifier = "rejectedIdentifier";

    /// <summary>The account, the challenge or the signature is not good enough.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The request is not understood, or what it is about does not exist.</summary>
    public const string Malformed = "malformed";

    /// <summary>The profile is not offered.</summary>
    public const string InvalidProfile = "invalidProfile";

    private static readonly Dictionary<string, string> AdviceByKind = new(StringComparer.Ordinal)
    {
        [RateLimited] = "Use the authority's staging directory while trying things out, and let fewer servers order the same names.",
        [AccountDoesNotExist] = "The account was ended or belongs to another authority; a new one is made when its saved state is removed.",
        [ExternalAccountRequired] = "Get a key id and a MAC key from the authority and configure them as external account binding.",
        [RejectedIdentifier] = "Ask only for public names that the authority serves, or take another authority.",
        [InvalidProfile] = "Take one of the profiles the authority's directory lists, or none.",
        ["caa"] = "The name's CAA records in DNS do not allow this authority: change them, or take another authority.",
        ["connection"] = "The authority must be able to reach this server: look at firewalls, forwarded ports and the name's addresses in DNS.",
        ["dns"] = "Look at the name's records in DNS as the world sees them.",
        ["dnssec"] = "The name's zone is not signed correctly: repair it or switch DNSSEC off.",
        ["incorrectResponse"] = "Something else answers for the name: look at its addresses in DNS and at what listens on the challenge's port.",
        ["invalidContact"] = "Configure an e-mail address the authority can write to.",
        ["unsupportedContact"] = "Configure an e-mail address, or none.",
        ["unsupportedIdentifier"] = "This authority gives no certificates for such a name or address.",
        ["tls"] = "The TLS connection of the check failed: something else may be listening on port 443, or end TLS in front of this server.",
        ["badCSR"] = "Take another key type; authorities commonly take p256, p384, rsa2048 and rsa4096.",
        ["badSignatureAlgorithm"] = "The authority does not take the account's key; a P-256 key is taken everywhere.",
        ["userActionRequired"] = "The authority's terms have changed: read them at the address it gives.",
    };

    /// <summary>What to do about an error; null when nothing general can be said.</summary>
    internal static string? Advice(string kind) => AdviceByKind.GetValueOrDefault(kind);
}
