using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>The ancestor's TLS options that say which certificate is shown and how connections are encrypted.</summary>
internal static class TlsOptions
{
    /// <summary>The work that brings them.</summary>
    internal const string Later = "TLS support";

    private static readonly TextKind FileForm = new("FILE", "the path of a file");

    /// <summary>Where the certificate comes from.</summary>
    public static readonly OptionDefinition<TlsMode> Mode = new()
    {
        Flag = "tls-mode",
        Kind = new ChoiceKind<TlsMode>(
            new("none", TlsMode.None),
            new("manual", TlsMode.Manual) { NotYet = Later },
            new("internal", TlsMode.Internal) { Aliases = ["self-signed"], NotYet = Later },
            new("automate", TlsMode.Automate) { Aliases = ["acme"], NotYet = Later }),
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
        NotYet = Later,
        Help = "PEM file with the certificate and its chain, for manual mode.",
    };

    /// <summary>The key file.</summary>
    public static readonly OptionDefinition<string> Key = new()
    {
        Flag = "tls-key",
        Kind = FileForm,
        Group = Tls,
        NotYet = Later,
        Help = "PEM file with the certificate's private key, for manual mode.",
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
        NotYet = Later,
        Help = "A name the certificate is for; internal mode takes localhost when there is none.",
    };

    /// <summary>How clients prove who they are.</summary>
    public static readonly OptionDefinition<string> ClientAuth = new()
    {
        Flag = "tls-client-auth",
        FlagAliases = ["tls-client-auth-mode"],
        Variable = "WSS_CONFIG_TLS_CLIENT_AUTH_MODE",
        Kind = new ChoiceKind<string>(
            new("request", "request"),
            new("require", "require"),
            new("verify-if-given", "verify-if-given"),
            new("require-and-verify", "require-and-verify")),
        Group = Tls,
        NotYet = Later,
        Help = "What is asked of client certificates: request, require, verify-if-given or require-and-verify.",
    };

    /// <summary>Who vouches for clients.</summary>
    public static readonly OptionDefinition<string> ClientAuthCa = new()
    {
        Flag = "tls-client-auth-ca",
        Kind = FileForm,
        Group = Tls,
        NotYet = Later,
        Help = "PEM file with the authorities client certificates are checked against.",
    };

    /// <summary>Cipher suites.</summary>
    public static readonly OptionDefinition<string> Ciphers = new()
    {
        Flag = "tls-ciphers",
        Kind = new TextKind("SUITE", "a cipher suite's name"),
        Group = Tls,
        IsList = true,
        NotYet = Later,
        Help = "A cipher suite that may be used; all good ones when none is named.",
    };

    /// <summary>Key exchange groups.</summary>
    public static readonly OptionDefinition<string> Curves = new()
    {
        Flag = "tls-curves",
        Kind = new TextKind("GROUP", "a key exchange group's name"),
        Group = Tls,
        IsList = true,
        NotYet = Later,
        Help = "A key exchange group that may be used.",
    };

    /// <summary>Application protocols.</summary>
    public static readonly OptionDefinition<string> Alpn = new()
    {
        Flag = "tls-alpn",
        Kind = new TextKind("PROTOCOL", "an ALPN protocol's name"),
        Group = Tls,
        IsList = true,
        NotYet = Later,
        Help = "Application protocols offered in the handshake, for example http/1.1,h2.",
    };

    /// <summary>The kind of key that is made.</summary>
    public static readonly OptionDefinition<string> KeyType = new()
    {
        Flag = "tls-key-type",
        Kind = new ChoiceKind<string>(
            new("ed25519", "ed25519"), new("p256", "p256"), new("p384", "p384"), new("rsa2048", "rsa2048"), new("rsa4096", "rsa4096")),
        Default = "p256",
        Group = Tls,
        NotYet = Later,
        Help = "Kind of key made for a certificate: ed25519, p256, p384, rsa2048 or rsa4096. "
            + "Browsers and Let's Encrypt do not take ed25519.",
    };

    /// <summary>Where session keys are written.</summary>
    public static readonly OptionDefinition<string> SecretsLog = new()
    {
        Flag = "tls-secrets-log",
        FlagAliases = ["tls-insecure-secrets-log"],
        Variable = "WSS_CONFIG_TLS_INSECURE_SECRETS_LOG",
        Kind = FileForm,
        Group = Tls,
        NotYet = Later,
        Help = "File for session keys, with which recorded traffic can be read. For debugging only.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
        [Mode, Cert, Key, Domains, ClientAuth, ClientAuthCa, Ciphers, Curves, Alpn, KeyType, SecretsLog];
}
