using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>Options of the program itself that the ancestor did not have.</summary>
internal static class ProgramOptionTable
{
    /// <summary>The configuration file.</summary>
    public static readonly OptionDefinition<string> Config = new()
    {
        Flag = "config",
        Variable = "WSS_CONFIG_FILE",
        Kind = new TextKind("FILE", "the path of a YAML file"),
        Group = Extra,
        IsInFile = false,
        IsStatic = true,
        Help = "YAML file to read; variables override it, and flags override both.",
    };

    /// <summary>What carries the bytes.</summary>
    public static readonly OptionDefinition<DataPath> DataPath = new()
    {
        Flag = "data-path",
        Kind = new ChoiceKind<DataPath>(
            new("auto", Configuration.DataPath.Auto),
            new("stream", Configuration.DataPath.Stream),
            new("socket", Configuration.DataPath.Socket)),
        Default = "auto",
        Group = Extra,
        IsStatic = true,
        Help = "What carries the bytes: socket (Linux; HTTP/1.1 without TLS, everything else takes stream) or stream (everywhere). auto takes the best there is.",
    };

    /// <summary>The form of log lines.</summary>
    public static readonly OptionDefinition<LogFormat> LogFormat = new()
    {
        Flag = "log-format",
        Kind = new ChoiceKind<LogFormat>(new("text", Configuration.LogFormat.Text), new("json", Configuration.LogFormat.Json)),
        Default = "text",
        Group = Extra,
        IsStatic = true,
        Help = "Form of log lines: text for people, json for collectors.",
    };

    /// <summary>Whether the demo opens its page.</summary>
    public static readonly OptionDefinition<bool> Open = new()
    {
        Flag = "open",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Extra,
        IsInFile = false,
        Help = "With the command demo: open the page in a browser.",
    };

    /// <summary>Where probes and metrics are answered.</summary>
    public static readonly OptionDefinition<string> ManagementAddress = new()
    {
        Flag = "management-address",
        Kind = new ManagementAddressKind(),
        Default = "127.0.0.1:8081",
        Group = Extra,
        IsStatic = true,
        Help = "Where probes, metrics, sessions and drain requests are answered; off for nowhere, port 0 takes a free one and logs it.",
    };

    /// <summary>What callers from elsewhere must show there.</summary>
    public static readonly OptionDefinition<string> ManagementTokenFile = new()
    {
        Flag = "management-token-file",
        Kind = new TextKind("FILE", "the path of a file"),
        Group = Extra,
        IsStatic = true,
        Help = "File with a token. Callers from other machines must send it to see or end sessions and to drain; probes and metrics need none.",
    };

    /// <summary>Whether callers from elsewhere may do everything there.</summary>
    public static readonly OptionDefinition<bool> ManagementOpen = new()
    {
        Flag = "management-open",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Extra,
        IsStatic = true,
        Help = "Let everybody who reaches the management address, by whatever name, see and end sessions and drain, without a token; only web pages are kept out.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
        [Config, DataPath, LogFormat, Open, .. DrainOptionRows.All, ManagementAddress, ManagementTokenFile, ManagementOpen];
}
