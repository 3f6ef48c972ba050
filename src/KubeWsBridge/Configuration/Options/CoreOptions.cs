using KubeWsBridge.Configuration.Kinds;
using Microsoft.Extensions.Logging;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>The ancestor's core options; names, shorts and defaults are its own.</summary>
internal static class CoreOptions
{
    /// <summary>Where WebSocket clients connect.</summary>
    public static readonly OptionDefinition<string> WsHost = new()
    {
        Flag = "ws-host",
        Short = 'H',
        Kind = new ListenAddressKind(),
        Default = "0.0.0.0",
        Group = Core,
        IsStatic = true,
        Help = "Address to listen on for WebSocket clients.",
    };

    /// <summary>The port for WebSocket clients.</summary>
    public static readonly OptionDefinition<int> WsPort = new()
    {
        Flag = "ws-port",
        Short = 'P',
        Kind = IntegerKind.Port,
        Default = "8080",
        Group = Core,
        IsStatic = true,
        Help = "Port to listen on for WebSocket clients; 0 takes a free one and logs it.",
    };

    /// <summary>Where workers connect back to.</summary>
    public static readonly OptionDefinition<string> TcpBind = new()
    {
        Flag = "tcp-bind",
        Short = 'B',
        Kind = new WorkerAddressKind(),
        Default = "127.0.0.1",
        Group = Core,
        IsStatic = true,
        Help = "Address workers connect back to, or unix:/path for a unix socket. Keep it on loopback: whoever reaches it can try connection ids.",
    };

    /// <summary>The port for workers.</summary>
    public static readonly OptionDefinition<int> TcpPort = new()
    {
        Flag = "tcp-port",
        Kind = IntegerKind.Port,
        Default = "0",
        Group = Core,
        IsStatic = true,
        Help = "Port workers connect back to; 0 takes a free one, and workers are told which. A unix socket has none.",
    };

    /// <summary>The program that runs a script.</summary>
    public static readonly OptionDefinition<string> PhpExecutable = new()
    {
        Flag = "php-executable",
        Short = 'e',
        Kind = new TextKind("PATH", "the path of an executable, or a name that is in PATH"),
        Group = Core,
        IsRequired = true,
        IsPerRoute = true,
        Help = "The PHP command line program: a path, or a name looked up in PATH.",
    };

    /// <summary>The script a worker runs.</summary>
    public static readonly OptionDefinition<string> Script = new()
    {
        Flag = "script",
        Short = 's',
        Kind = new TextKind("FILE", "the path of a PHP script"),
        Group = Core,
        IsRequired = true,
        IsPerRoute = true,
        Help = "The PHP script each connection gets its own process of. A relative path starts at --working-directory.",
    };

    /// <summary>Arguments between program and script.</summary>
    public static readonly OptionDefinition<string> PhpArgs = new()
    {
        Flag = "php-arg",
        Short = 'a',
        FlagAliases = ["php-args"],
        Key = "phpArgs",
        Variable = "WSS_CONFIG_PHP_ARGS",
        Kind = new TextKind("ARG", "an argument for PHP"),
        Group = Core,
        IsList = true,
        SplitsFlagAtCommas = false,
        IsPerRoute = true,
        Help = "An argument for PHP before the script, for example -d memory_limit=64M as two of them.",
    };

    /// <summary>Most sessions.</summary>
    public static readonly OptionDefinition<int> MaxConnections = new()
    {
        Flag = "max-connections",
        Short = 'M',
        Kind = new LimitKind(),
        Default = "256",
        Group = Core,
        Help = "Most WebSocket connections at a time; more are refused with 503. auto: as many as memory has room for.",
    };

    /// <summary>Most workers.</summary>
    public static readonly OptionDefinition<int> MaxProcesses = new()
    {
        Flag = "max-processes",
        Short = 'm',
        Kind = new LimitKind(),
        Default = "64",
        Group = Core,
        Help = "Most PHP processes at a time; each connection needs one. auto: as many as memory has room for.",
    };

    /// <summary>How long a session may live.</summary>
    public static readonly OptionDefinition<TimeSpan> ConnectionTimeout = new()
    {
        Flag = "connection-timeout",
        Short = 'T',
        Kind = new DurationKind(),
        Default = "0",
        Group = Core,
        Help = "Longest life of a connection; 0 for no limit.",
    };

    /// <summary>How long a worker may run.</summary>
    public static readonly OptionDefinition<TimeSpan> PhpTimeout = new()
    {
        Flag = "php-timeout",
        Short = 't',
        Kind = new DurationKind(),
        Default = "0",
        Group = Core,
        Help = "Longest life of a PHP process; 0 for no limit.",
    };

    /// <summary>Bytes read from a worker at once.</summary>
    public static readonly OptionDefinition<long> BufferSize = new()
    {
        Flag = "buffer-size",
        Short = 'b',
        Kind = new SizeKind(1, 1 << 30),
        Default = "65536",
        Group = Core,
        IsStatic = true,
        Help = "Most bytes read from a worker at once, and so the longest message it makes.",
    };

    /// <summary>How much is logged.</summary>
    public static readonly OptionDefinition<LogLevel> LogLevel = new()
    {
        Flag = "log-level",
        Short = 'l',
        Kind = new ChoiceKind<LogLevel>(
            new("trace", Microsoft.Extensions.Logging.LogLevel.Trace),
            new("debug", Microsoft.Extensions.Logging.LogLevel.Debug),
            new("info", Microsoft.Extensions.Logging.LogLevel.Information) { Aliases = ["information"] },
            new("warn", Microsoft.Extensions.Logging.LogLevel.Warning) { Aliases = ["warning"] },
            new("error", Microsoft.Extensions.Logging.LogLevel.Error)),
        Default = "info",
        Group = Core,
        Help = "Least level of the lines that are logged.",
    };

    /// <summary>How long a worker may take to connect back.</summary>
    public static readonly OptionDefinition<TimeSpan> PhpConnectTimeout = new()
    {
        Flag = "php-connect-timeout",
        Kind = new DurationKind(allowZero: false),
        Default = "30",
        Group = Core,
        Help = "How long a PHP process may take to connect back.",
    };

    /// <summary>How often a failed start is tried again.</summary>
    public static readonly OptionDefinition<int> PhpConnectRetries = new()
    {
        Flag = "php-connect-retries",
        Kind = new IntegerKind(0, 1000),
        Default = "3",
        Group = Core,
        Help = "How often a PHP process that failed to start is tried again.",
    };

    /// <summary>All of them, in the order of the ancestor's page.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
    [
        WsHost, WsPort, TcpBind, TcpPort, PhpExecutable, Script, PhpArgs, MaxConnections, MaxProcesses, ConnectionTimeout, PhpTimeout,
        BufferSize, LogLevel, PhpConnectTimeout, PhpConnectRetries,
    ];
}
