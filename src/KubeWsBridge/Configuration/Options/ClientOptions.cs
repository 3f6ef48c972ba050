using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>Options of the client's side that the ancestor did not have.</summary>
internal static class ClientOptions
{
    /// <summary>Which pages may connect.</summary>
    public static readonly OptionDefinition<string> Origins = new()
    {
        Flag = "origin",
        FlagAliases = ["origins"],
        Key = "origins",
        Kind = new OriginKind(),
        Group = Extra,
        IsList = true,
        IsPerRoute = true,
        Help = "An origin whose pages may connect, for example https://example.com or https://*.example.com; none named allows all.",
    };

    /// <summary>What is spoken.</summary>
    public static readonly OptionDefinition<string> Subprotocols = new()
    {
        Flag = "subprotocol",
        FlagAliases = ["subprotocols"],
        Key = "subprotocols",
        Kind = new SubprotocolKind(),
        Group = Extra,
        IsList = true,
        IsPerRoute = true,
        Help = "A subprotocol the workers speak, in order of preference.",
    };

    /// <summary>Whom to believe about the client.</summary>
    public static readonly OptionDefinition<NetworkSet> TrustedProxies = new()
    {
        Flag = "trusted-proxy",
        FlagAliases = ["trusted-proxies"],
        Key = "trustedProxies",
        Kind = new NetworkKind(),
        Group = Extra,
        IsList = true,
        Help = "A network of proxies whose X-Forwarded-* and X-Real-IP headers are believed: a CIDR, an address, loopback or private.",
    };

    /// <summary>Whether connections start with the PROXY protocol.</summary>
    public static readonly OptionDefinition<bool> ProxyProtocol = new()
    {
        Flag = "proxy-protocol",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Extra,
        IsStatic = true,
        Help = "Read the PROXY protocol (version 1 or 2) at the start of connections from trusted proxies.",
    };

    /// <summary>Time between pings.</summary>
    public static readonly OptionDefinition<TimeSpan> HeartbeatInterval = new()
    {
        Flag = "heartbeat-interval",
        Kind = new DurationKind(),
        Default = "20s",
        Group = Extra,
        Help = "Time between pings; a client silent for two of them is gone. 0 switches them off.",
    };

    /// <summary>How long a request's headers may take.</summary>
    public static readonly OptionDefinition<TimeSpan> HeaderTimeout = new()
    {
        Flag = "header-timeout",
        Kind = new DurationKind(allowZero: false),
        Default = "10s",
        Group = Extra,
        IsStatic = true,
        Help = "How long a client may take to send its request.",
    };

    /// <summary>Most sessions per address.</summary>
    public static readonly OptionDefinition<int> MaxConnectionsPerAddress = new()
    {
        Flag = "max-connections-per-address",
        Kind = new IntegerKind(0, IntegerKind.Plenty),
        Default = "0",
        Group = Extra,
        Help = "Most connections per client address; 0 for no limit.",
    };

    /// <summary>Handshakes per second.</summary>
    public static readonly OptionDefinition<double> ConnectRate = new()
    {
        Flag = "connect-rate",
        Kind = new NumberKind(0, 1_000_000),
        Default = "0",
        Group = Extra,
        Help = "Handshakes per second and client address, with bursts of twice that; 0 for no limit.",
    };

    /// <summary>How long the worker's last bytes are awaited.</summary>
    public static readonly OptionDefinition<TimeSpan> TailTimeout = new()
    {
        Flag = "tail-timeout",
        Kind = new DurationKind(),
        Default = "1s",
        Group = Extra,
        Help = "How long a worker's last bytes are awaited before the client gets its close frame.",
    };

    /// <summary>How long the client's close frame is awaited.</summary>
    public static readonly OptionDefinition<TimeSpan> CloseTimeout = new()
    {
        Flag = "close-timeout",
        Kind = new DurationKind(),
        Default = "1s",
        Group = Extra,
        Help = "How long the client's close frame is awaited after ours.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
    [
        Origins, Subprotocols, TrustedProxies, ProxyProtocol, HeartbeatInterval, HeaderTimeout, MaxConnectionsPerAddress, ConnectRate,
        TailTimeout, CloseTimeout,
    ];
}
