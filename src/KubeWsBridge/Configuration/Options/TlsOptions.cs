using System.Net.Security;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>The ancestor's TLS options that say which certificate is shown and how connections are encrypted.</summary>
internal static class TlsOptions
{
    private static readonly TextKind FileForm = new("FILE", "the path of a file");

    /// <summary>Where the certificate comes from.</summary>
    public static readonly OptionDefinition<TlsMode> Mode = new()
    {
        Flag = "tls-mode",
        Kind = new ChoiceKind<TlsMode>(
            new("none", TlsMode.None),
            new("manual", TlsMode.Manual),
            new("internal", TlsMode.Internal) { Aliases = ["self-signed"] },
            new("automate", TlsMode.Automate) { Aliases = ["acme"] }),
        Default = "none",
        Group = Tls,
        IsStatic = true,
        Help = "Where the server's certificate comes from: files (manual), the bridge itself (internal, also self-signed), "
            + "or an ACME authority (automate, also acme).",
    };

    /// <summary>The certificate file.</summary>
    public static readonly OptionDefinition<string> Cert = new()
    {
        Flag = "tls-cert",
        Kind = FileForm,
        Group = Tls,
        IsStatic = true,
        Help = "PEM file with the certificate and its chain, for manual mode.",
    };

    /// <summary>The key file.</summary>
    public static readonly OptionDefinition<string> Key = new()
    {
        Flag = "tls-key",
        Kind = FileForm,
        Group = Tls,
        IsStatic = true,
        Help = "PEM file with the certificate's private key, for manual mode.",
    };

    /// <summary>The file with the key's password.</summary>
    public static readonly OptionDefinition<string> KeyPasswordFile = new()
    {
        Flag = "tls-key-password-file",
        Kind = FileForm,
        Group = Tls,
        IsStatic = true,
        Help = "File with the password of an encrypted --tls-key; a newline at its end is not part of it.",
    };

    /// <summary>The names in the certificate.</summary>
    public static readonly OptionDefinition<string> Domains = new()
    {
        Flag = "tls-domain",
        FlagAliases = ["tls-domains"],
        Key = "tlsDomains",
        Kind = new TextKind("NAME", "a domain name, *.example.com included"),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "A name the certificate is for; internal mode takes localhost when there is none.",
    };

    /// <summary>How clients prove who they are.</summary>
    public static readonly OptionDefinition<ClientAuthMode> ClientAuth = new()
    {
        Flag = "tls-client-auth",
        FlagAliases = ["tls-client-auth-mode"],
        Variable = "WSS_CONFIG_TLS_CLIENT_AUTH_MODE",
        Kind = new ChoiceKind<ClientAuthMode>(
            new("request", ClientAuthMode.Request),
            new("require", ClientAuthMode.Require),
            new("verify-if-given", ClientAuthMode.VerifyIfGiven),
            new("require-and-verify", ClientAuthMode.RequireAndVerify)),
        Group = Tls,
        IsStatic = true,
        Help = "What is asked of client certificates: request (one is asked for), require (there must be one, whichever), "
            + "verify-if-given (none, or one the authorities vouch for) or require-and-verify (one they vouch for).",
    };

    /// <summary>Who vouches for clients.</summary>
    public static readonly OptionDefinition<string> ClientAuthCa = new()
    {
        Flag = "tls-client-auth-ca",
        Kind = FileForm,
        Group = Tls,
        IsStatic = true,
        Help = "PEM file with the authorities client certificates are checked against.",
    };

    /// <summary>Cipher suites.</summary>
    public static readonly OptionDefinition<CipherSuite> Ciphers = new()
    {
        Flag = "tls-ciphers",
        Kind = new NamedKind<CipherSuite>("SUITE", "a cipher suite such as TLS_AES_128_GCM_SHA256 or ECDHE-RSA-AES128-GCM-SHA256", CipherSuites.Find, CipherSuites.Names),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "A cipher suite that may be used, best first, by the IANA's name or OpenSSL's. Without it: all with forward secrecy and "
            + "authenticated encryption. A list without suites of TLS 1.3 (or 1.2) switches that version off.",
    };

    /// <summary>Key exchange groups.</summary>
    public static readonly OptionDefinition<KeyGroup> Curves = new()
    {
        Flag = "tls-curves",
        Kind = new NamedKind<KeyGroup>("GROUP", "a key exchange group such as x25519, p256 or p384", KeyGroups.Find, KeyGroups.Names),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "A key exchange group that may be used, best first; OpenSSL's own choice without it.",
    };

    /// <summary>Application protocols.</summary>
    public static readonly OptionDefinition<SslApplicationProtocol> Alpn = new()
    {
        Flag = "tls-alpn",
        Kind = new AlpnKind(),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "Application protocols offered in the handshake, best first: h2 and http/1.1; both, in this order, without it.",
    };

    /// <summary>The kind of key that is made.</summary>
    public static readonly OptionDefinition<KeyType> KeyType = new()
    {
        Flag = "tls-key-type",
        Kind = new ChoiceKind<KeyType>(
            new("ed25519", Certificates.Pairs.KeyType.Ed25519),
            new("p256", Certificates.Pairs.KeyType.P256),
            new("p384", Certificates.Pairs.KeyType.P384),
            new("rsa2048", Certificates.Pairs.KeyType.Rsa2048),
            new("rsa4096", Certificates.Pairs.KeyType.Rsa4096)),
        Default = "p256",
        Group = Tls,
        IsStatic = true,
        Help = "Kind of key made for a certificate: ed25519, p256, p384, rsa2048 or rsa4096. "
            + "Browsers and Let's Encrypt do not take ed25519; internal mode makes a P-256 certificate beside it for those.",
    };

    /// <summary>Where the bridge's own certificates are kept.</summary>
    public static readonly OptionDefinition<string> StateDir = new()
    {
        Flag = "tls-state-dir",
        Kind = new TextKind("DIR", "the path of a directory"),
        Group = Tls,
        IsStatic = true,
        Help = "Directory where internal mode keeps its certificates and keys; without it they are new after each start.",
    };

    /// <summary>Where session keys are written.</summary>
    public static readonly OptionDefinition<string> SecretsLog = new()
    {
        Flag = "tls-secrets-log",
        FlagAliases = ["tls-insecure-secrets-log"],
        Variable = "WSS_CONFIG_TLS_INSECURE_SECRETS_LOG",
        Kind = FileForm,
        Group = Tls,
        IsStatic = true,
        Help = "File for session keys, with which recorded traffic can be read. For debugging only.",
    };

    /// <summary>The port that only redirects.</summary>
    public static readonly OptionDefinition<int> RedirectPort = new()
    {
        Flag = "tls-redirect-port",
        Kind = IntegerKind.Port,
        Group = Tls,
        IsStatic = true,
        Help = "Port without TLS, usually 80, on which every request is answered with a redirect to TLS.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
        [Mode, Cert, Key, KeyPasswordFile, Domains, ClientAuth, ClientAuthCa, Ciphers, Curves, Alpn, KeyType, StateDir, SecretsLog, RedirectPort];
}
