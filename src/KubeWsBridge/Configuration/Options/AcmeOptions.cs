using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

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
        IsStatic = true,
        Help = "Address the ACME authority may write to. Asking for certificates agrees to its terms of service.",
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
        IsStatic = true,
        Help = "Directory for the ACME account, keys and certificates; replicas share it.",
    };

    /// <summary>What accounts and certificates are kept in.</summary>
    public static readonly OptionDefinition<StorageKind> Storage = new()
    {
        Flag = "tls-storage",
        Kind = new ChoiceKind<StorageKind>(new("directory", StorageKind.Directory), new("kubernetes", StorageKind.Kubernetes)),
        Default = "directory",
        Group = Tls,
        IsStatic = true,
        Help = "What the ACME account, keys and certificates are kept in: directory, or kubernetes, which is Secrets and Leases of the pod's namespace, "
            + "shared by all replicas without a volume.",
    };

    /// <summary>What the names of Secrets and Leases begin with.</summary>
    public static readonly OptionDefinition<string> StoragePrefix = new()
    {
        Flag = "tls-storage-prefix",
        Kind = new TextKind("NAME", "lower-case letters, digits and hyphens"),
        Default = "kubewsbridge",
        Group = Tls,
        IsStatic = true,
        Help = "What the names of those Secrets and Leases begin with; another one for each installation in a namespace.",
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
        IsStatic = true,
        Help = "Order a certificate at the start even if a good one is stored.",
    };

    /// <summary>When to renew.</summary>
    public static readonly OptionDefinition<double> RenewalWindowRatio = new()
    {
        Flag = "tls-renewal-window-ratio",
        Kind = new NumberKind(0, 1),
        Default = "0.33",
        Group = Tls,
        IsStatic = true,
        Help = "Renew when less than this part of the certificate's lifetime remains.",
    };

    /// <summary>Who publishes DNS challenges.</summary>
    public static readonly OptionDefinition<DnsProviderDefinition> DnsProvider = new()
    {
        Flag = "tls-dns-provider",
        Kind = new ChoiceKind<DnsProviderDefinition>(
            [.. DnsProviderTable.All.Select(definition => new Choice<DnsProviderDefinition>(definition.Name, definition))]),
        Group = Tls,
        IsStatic = true,
        Help = "DNS provider that publishes DNS-01 challenges; see docs/dns-providers.md. Try it with the command dns test.",
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
        IsStatic = true,
        Help = "A parameter of the DNS provider; KEY_file=PATH reads it from a file. Values are never shown; prefer files to the command line.",
    };

    /// <summary>How long DNS changes may take.</summary>
    public static readonly OptionDefinition<TimeSpan> PropagationTimeout = new()
    {
        Flag = "tls-propagation-timeout",
        Kind = new DurationKind(),
        Default = "120",
        Group = Tls,
        IsStatic = true,
        Help = "How long a DNS-01 record may take to be seen on all name servers; 0 does not look.",
    };

    /// <summary>How long to wait before looking.</summary>
    public static readonly OptionDefinition<TimeSpan> PropagationDelay = new()
    {
        Flag = "tls-propagation-delay",
        Kind = new DurationKind(),
        Default = "10",
        Group = Tls,
        IsStatic = true,
        Help = "How long to wait before looking for a DNS-01 record.",
    };

    /// <summary>Lifetime of DNS records.</summary>
    public static readonly OptionDefinition<TimeSpan> DnsTtl = new()
    {
        Flag = "tls-dns-ttl",
        Kind = new DurationKind(),
        Default = "60",
        Group = Tls,
        IsStatic = true,
        Help = "Time to live of DNS-01 records; raised to the least the provider takes.",
    };

    /// <summary>Where challenges go instead.</summary>
    public static readonly OptionDefinition<string> DnsOverrideDomain = new()
    {
        Flag = "tls-dns-challenge-override-domain",
        Kind = new TextKind("NAME", "a domain name"),
        Group = Tls,
        IsStatic = true,
        Help = "Whole name the DNS-01 records are written to, instead of where _acme-challenge or its CNAME leads.",
    };

    /// <summary>Name servers to ask.</summary>
    public static readonly OptionDefinition<string> Resolvers = new()
    {
        Flag = "tls-resolvers",
        Kind = new NameServerKind(),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "A name server to ask instead of the system's.",
    };

    /// <summary>External account binding: the key's id.</summary>
    public static readonly OptionDefinition<string> EabKeyId = new()
    {
        Flag = "tls-eab-key-id",
        Kind = new TextKind("ID", "a key id"),
        Group = Tls,
        IsStatic = true,
        Help = "Key id of the external account binding some authorities ask for; it is used at the first authority.",
    };

    /// <summary>External account binding: the key.</summary>
    public static readonly OptionDefinition<Secret> EabMacKey = new()
    {
        Flag = "tls-eab-mac-key",
        Kind = new SecretKind("KEY", "a base64url key"),
        Group = Tls,
        IsStatic = true,
        Help = "MAC key of the external account binding. Never shown; prefer a file or the environment to the command line.",
    };

    /// <summary>Whether certificates are made at the first handshake.</summary>
    public static readonly OptionDefinition<bool> OnDemand = new()
    {
        Flag = "tls-on-demand",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Tls,
        IsStatic = true,
        Help = "Obtain a certificate when a client first asks for a name, if the name is among those allowed or the URL that is asked says so.",
    };

    /// <summary>Which names certificates are made for at the first handshake.</summary>
    public static readonly OptionDefinition<string> OnDemandAllow = new()
    {
        Flag = "tls-on-demand-allow",
        Kind = new TextKind("NAME", "a domain name, or *.example.com for all names one level below"),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "A name that a certificate may be obtained for on demand.",
    };

    /// <summary>Who knows which names certificates are made for.</summary>
    public static readonly OptionDefinition<string> OnDemandAsk = new()
    {
        Flag = "tls-on-demand-ask",
        Kind = new TextKind("URL", "an http or https URL"),
        Group = Tls,
        IsStatic = true,
        Help = "URL that is asked with ?domain=NAME whether a certificate may be obtained for a name; status 200 means yes.",
    };

    /// <summary>Whether keys outlive certificates.</summary>
    public static readonly OptionDefinition<bool> ReusePrivateKeys = new()
    {
        Flag = "tls-reuse-private-keys",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Tls,
        IsStatic = true,
        Help = "Keep the private key when a certificate is renewed.",
    };

    /// <summary>Which authority.</summary>
    public static readonly OptionDefinition<Uri> Directory = new()
    {
        Flag = "tls-acme-directory",
        Kind = new AcmeDirectoryKind(),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "An ACME authority: letsencrypt (without this option), letsencrypt-staging to try things out, or the URL of its directory. "
            + "Of several the first is asked, and each further one when those before it give no certificate.",
    };

    /// <summary>Whom to trust when talking to the authority.</summary>
    public static readonly OptionDefinition<string> CaFile = new()
    {
        Flag = "tls-acme-ca-file",
        Kind = new TextKind("FILE", "the path of a file"),
        Group = Tls,
        IsStatic = true,
        Help = "PEM file with the authorities to trust when talking to a private ACME server; Let's Encrypt is always trusted as the system does.",
    };

    /// <summary>Which kinds of proof are given.</summary>
    public static readonly OptionDefinition<string> Challenges = new()
    {
        Flag = "tls-acme-challenge",
        Kind = new ChoiceKind<string>(
            new(ChallengeTypes.Http01, ChallengeTypes.Http01),
            new(ChallengeTypes.TlsAlpn01, ChallengeTypes.TlsAlpn01),
            new(ChallengeTypes.Dns01, ChallengeTypes.Dns01)),
        Group = Tls,
        IsList = true,
        IsStatic = true,
        Help = "A way to prove control of the names, the preferred first; the next is taken when one has failed. Without it: dns-01 if there is a DNS provider, "
            + "else http-01, then tls-alpn-01.",
    };

    /// <summary>Which chain.</summary>
    public static readonly OptionDefinition<string> PreferredChain = new()
    {
        Flag = "tls-acme-preferred-chain",
        Kind = new TextKind("NAME", "the common name of a root certificate"),
        Group = Tls,
        IsStatic = true,
        Help = "Common name of the root that the chain should end at, where the authority offers several chains; its own choice without it.",
    };

    /// <summary>Which kind of certificate.</summary>
    public static readonly OptionDefinition<string> Profile = new()
    {
        Flag = "tls-acme-profile",
        Kind = new TextKind("NAME", "the name of a profile"),
        Group = Tls,
        IsStatic = true,
        Help = "Kind of certificate, of those the authority's directory lists, such as shortlived; its own choice without it.",
    };

    /// <summary>Whether the pod waits for its certificate.</summary>
    public static readonly OptionDefinition<bool> ReadyNeedsCertificate = new()
    {
        Flag = "tls-ready-needs-certificate",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Tls,
        IsStatic = true,
        Help = "Answer /readyz with 503 until there is a certificate from an authority. Only with dns-01, or where challenges reach pods that are not ready.",
    };

    /// <summary>Where http-01 challenges are answered.</summary>
    public static readonly OptionDefinition<int> HttpPort = new()
    {
        Flag = "tls-acme-http-port",
        Kind = IntegerKind.Port,
        Default = "80",
        Group = Tls,
        IsStatic = true,
        Help = "Port HTTP-01 challenges are answered on; authorities come to port 80. Nothing else is served there, unless it is another listener's port too.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
    [
        Email, Storage, StateDir, StoragePrefix, ForceAcme, RenewalWindowRatio, DnsProvider, DnsParams, PropagationTimeout,
        PropagationDelay, DnsTtl, DnsOverrideDomain, Resolvers, EabKeyId, EabMacKey, OnDemand, OnDemandAllow, OnDemandAsk, ReusePrivateKeys, Directory, CaFile, HttpPort,
        Challenges, PreferredChain, Profile, ReadyNeedsCertificate,
    ];
}
