using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeWsBridge.Certificates.Acme.Signing;

namespace KubeWsBridge.Certificates.Life;

/// <summary>An authority, and as whom certificates are ordered there.</summary>
public sealed record Issuer
{
    /// <summary>Let's Encrypt.</summary>
    public static Uri LetsEncrypt { get; } = new("https://acme-v02.api.letsencrypt.org/directory");

    /// <summary>Let's Encrypt's twin for trying things out: generous limits, certificates nobody trusts.</summary>
    public static Uri LetsEncryptStaging { get; } = new("https://acme-staging-v02.api.letsencrypt.org/directory");

    /// <summary>The authority's directory.</summary>
    public required Uri Directory { get; init; }

    /// <summary>The address the authority may write to; null for none.</summary>
    public string? Email { get; init; }

    /// <summary>The account elsewhere that the ACME account is bound to; null for none.</summary>
    public ExternalAccount? ExternalAccount { get; init; }

    /// <summary>Certificates to trust instead of the system's when talking to the authority; null for the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>The common name of the issuer that chains should end at; null for the authority's choice.</summary>
    public string? PreferredChain { get; init; }

    /// <summary>The kind of certificate, of those the authority's directory lists; null for its choice.</summary>
    public string? Profile { get; init; }

    /// <summary>The name of the account's bundle: one per authority, contact and external account.</summary>
    internal string AccountBundle => $"accounts/{Directory.Host}-{Hash($"{Directory}\n{Email}\n{ExternalAccount?.KeyId}")}";

    /// <summary>Tells authorities apart in names of bundles.</summary>
    internal string Key => Hash(Directory.AbsoluteUri);

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
