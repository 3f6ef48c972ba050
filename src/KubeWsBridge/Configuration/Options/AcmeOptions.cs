using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;
using static KubeWsBridge.Configuration.Options.TlsOptions;

namespace KubeWsBridge.Configuration.Options;

/// <summary>The TLS options that say how certificates are obtained and renewed.</summary>
internal static class AcmeOptions
{
    /// <summary>The account's address.</summary>
    public static readonly OptionDefinition<string> Email = new()
    {
        Flag = "tls-email",
        Kind = new TextKind("EMAIL", "an e-mail address"),
        Group = Tls,
        NotYet = Later,
        Help = "Address the ACME authority may write to.",
    };

    /// <summary>Where accounts and certificates are kept.</summary>
    public static readonly OptionDefinition<string> StateDir = new()
    {
        Flag = "tls-acme-state-dir",
        FlagAliases = ["tls-acme-dir"],
        Variable = "WSS_CONFIG_TLS_ACME_DIR",
        Kind = new TextKind("DIR", "the path of a directory"),
        Default = "./acme-state",
        Group = Tls,
        NotYet = Later,
        Help = "Directory for the ACME account, keys and certificates.",
    };

    /// <summary>Whether to order although there is a certificate.</summary>
    public static readonly OptionDefinition<bool> ForceAcme = new()
    {
        Flag = "tls-force-acme",
        FlagAliases = ["tls-force-automate"],
        Variable = "WSS_CONFIG_TLS_FORCE_AUTOMATE",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Tls,
        NotYet = Later,
        Help = "Order a certificate at the start even if a good one is stored.",
    };

    /// <summary>When to renew.</summary>
    public static readonly OptionDefinition<double> RenewalWindowRatio = new()
    {
        Flag = "tls-renewal-window-ratio",
        Kind = new NumberKind(0, 1),
        Default = "0.33",
        Group = Tls,
        NotYet = Later,
        Help = "Renew when less than this part of the certificate's lifetime remains.",
    };

    /// <summary>Who publishes DNS challenges.</summary>
    public static readonly OptionDefinition<string> DnsProvider = new()
    {
        Flag = "tls-dns-provider",
        Kind = new TextKind("NAME", "a DNS provider's name"),
        Group = Tls,
        NotYet = Later,
        Help = "DNS provider that publishes DNS-01 challenges.",
    };

    /// <summary>What the provider needs to know.</summary>
    public static readonly OptionDefinition<Secret> DnsParams = new()
    {
        Flag = "tls-dns-param",
        FlagAliases = ["tls-dns-params"],
        Key = "tlsDnsParams",
        Variable = "WSS_CONFIG_TLS_DNS_PARAMS",
        Kind = new SecretKind("KEY=VALUE", "a key, an equals sign and a value", isPair: true),
        Group = Tls,
        IsList = true,
        SplitsFlagAtCommas = false,
        NotYet = Later,
        Help = "A parameter of the DNS provider. Values are never shown; prefer a file or the environment to the command line.",
    };

    /// <summary>How long DNS changes may take.</summary>
    public static readonly OptionDefinition<TimeSpan> PropagationTimeout = new()
    {
        Flag = "tls-propagation-timeout",
        Kind = new DurationKind(),
        Default = "120",
        Group = Tls,
        NotYet = Later,
        Help = "How long a DNS-01 record may take to be seen on all name servers.",
    };

    /// <summary>How long to wait before looking.</summary>
    public static readonly OptionDefinition<TimeSpan> PropagationDelay = new()
    {
        Flag = "tls-propagation-delay",
        Kind = new DurationKind(),
        Default = "10",
        Group = Tls,
        NotYet = Later,
        Help = "How long to wait before looking for a DNS-01 record.",
    };

    /// <summary>Lifetime of DNS records.</summary>
    public static readonly OptionDefinition<TimeSpan> DnsTtl = new()
    {
        Flag = "tls-dns-ttl",
        Kind = new DurationKind(),
        Default = "60",
        Group = Tls,
        NotYet = Later,
        Help = "Time to live of DNS-01 records.",
    };

    /// <summary>Where challenges go instead.</summary>
    public static readonly OptionDefinition<string> DnsOverrideDomain = new()
    {
        Flag = "tls-dns-challenge-override-domain",
        Kind = new TextKind("NAME", "a domain name"),
        Group = Tls,
        NotYet = Later,
        Help = "Domain the DNS-01 records are written to, when _acme-challenge is delegated by CNAME.",
    };

    /// <summary>Name servers to ask.</summary>
    public static readonly OptionDefinition<string> Resolvers = new()
    {
        Flag = "tls-resolvers",
        Kind = new TextKind("HOST[:PORT]", "a name server's address"),
        Group = Tls,
        IsList = true,
        NotYet = Later,
        Help = "A name server to ask instead of the system's.",
    };

    /// <summary>External account binding: the key's id.</summary>
    public static readonly OptionDefinition<string> EabKeyId = new()
    {
        Flag = "tls-eab-key-id",
        Kind = new TextKind("ID", "a key id"),
        Group = Tls,
        NotYet = Later,
        Help = "Key id of the external account binding some authorities ask for.",
    };

    /// <summary>External account binding: the key.</summary>
    public static readonly OptionDefinition<Secret> EabMacKey = new()
    {
        Flag = "tls-eab-mac-key",
        Kind = new SecretKind("KEY", "a base64url key"),
        Group = Tls,
        NotYet = Later,
        Help = "MAC key of the external account binding. Never shown; prefer a file or the environment to the command line.",
    };

    /// <summary>Whether certificates are made at the first handshake.</summary>
    public static readonly OptionDefinition<bool> OnDemand = new()
    {
        Flag = "tls-on-demand",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Tls,
        NotYet = Later,
        Help = "Obtain certificates when a client first asks for a name.",
    };

    /// <summary>Whether keys outlive certificates.</summary>
    public static readonly OptionDefinition<bool> ReusePrivateKeys = new()
    {
        Flag = "tls-reuse-private-keys",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Tls,
        NotYet = Later,
        Help = "Keep the private key when a certificate is renewed.",
    };

    /// <summary>Which authority.</summary>
    public static readonly OptionDefinition<string> Directory = new()
    {
        Flag = "tls-acme-directory",
        Kind = new TextKind("URL", "the URL of an ACME directory"),
        Group = Tls,
        NotYet = Later,
        Help = "Directory of the ACME authority; Let's Encrypt when not set.",
    };

    /// <summary>Whom to trust when talking to the authority.</summary>
    public static readonly OptionDefinition<string> CaFile = new()
    {
        Flag = "tls-acme-ca-file",
        Kind = new TextKind("FILE", "the path of a file"),
        Group = Tls,
        NotYet = Later,
        Help = "PEM file with the authorities to trust when talking to a private ACME server.",
    };

    /// <summary>Where http-01 challenges are answered.</summary>
    public static readonly OptionDefinition<int> HttpPort = new()
    {
        Flag = "tls-acme-http-port",
        Kind = IntegerKind.Port,
        Default = "80",
        Group = Tls,
        NotYet = Later,
        Help = "Port HTTP-01 challenges are answered on.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
    [
        Email, StateDir, ForceAcme, RenewalWindowRatio, DnsProvider, DnsParams, PropagationTimeout, PropagationDelay, DnsTtl,
        DnsOverrideDomain, Resolvers, EabKeyId, EabMacKey, OnDemand, ReusePrivateKeys, Directory, CaFile, HttpPort,
    ];
}
