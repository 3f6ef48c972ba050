using System.Net.Security;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Everything TLS can be told.</summary>
public sealed record TlsSettings
{
    /// <summary>Where certificates come from; not <see cref="TlsMode.None"/>.</summary>
    public required TlsMode Mode { get; init; }

    /// <summary>The pairs of manual mode; the first is shown to clients that ask for no name, or an unknown one.</summary>
    public IReadOnlyList<PairFiles> Pairs { get; init; } = [];

    /// <summary>The names of certificates that are made; localhost when empty.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The kind of key made for them; P-256, because every client takes it.</summary>
    public KeyType KeyType { get; init; }

    /// <summary>Where certificates that are made outlive a restart; null for nowhere.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>What is asked of client certificates; nothing.</summary>
    public ClientAuthMode ClientAuth { get; init; }

    /// <summary>PEM file with the authorities that vouch for clients; there must be one in the modes that verify.</summary>
    public string? ClientAuthCa { get; init; }

    /// <summary>The suites that may be used, best first; empty for <see cref="CipherSuites.Default"/>.</summary>
    public IReadOnlyList<CipherSuite> Suites { get; init; } = [];

    /// <summary>The key exchange groups that may be used, best first; empty for OpenSSL's own.</summary>
    public IReadOnlyList<KeyGroup> Groups { get; init; } = [];

    /// <summary>The application protocols, best first.</summary>
    public IReadOnlyList<SslApplicationProtocol> Alpn { get; init; } = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    /// <summary>The file session keys are written to; null for none, since whoever has it can read recorded traffic.</summary>
    public string? SecretsLog { get; init; }

    /// <summary>How long a handshake may take; 10 s, since silent connections hold places.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether clients' certificates are checked against <see cref="ClientAuthCa"/>.</summary>
    public bool VerifiesClients => ClientAuth is ClientAuthMode.VerifyIfGiven or ClientAuthMode.RequireAndVerify;

    /// <summary>Whether authorities may look for answers to tls-alpn-01 challenges; no.</summary>
    public bool AnswersChallenges { get; init; }

    /// <summary>Whether the choice of a certificate depends on more than the name a client asks for.</summary>
    public bool NeedsClientHello => Pairs.Count > 1 || KeyType == KeyType.Ed25519 || AnswersChallenges;
}
