using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>What an entry of <c>listeners</c> may say.</summary>
internal static class ListenerOptionTable
{
    /// <summary>The address; <see cref="CoreOptions.WsHost"/> when it is not given.</summary>
    public static readonly OptionDefinition<string> Host = new()
    {
        Flag = "host",
        Kind = new ListenAddressKind(),
        Group = Extra,
        Help = "Address to listen on; wsHost when it is not given.",
    };

    /// <summary>The port.</summary>
    public static readonly OptionDefinition<int> Port = new()
    {
        Flag = "port",
        Kind = IntegerKind.Port,
        Group = Extra,
        IsRequired = true,
        Help = "Port to listen on; 0 takes a free one and logs it.",
    };

    /// <summary>Whether it has TLS.</summary>
    public static readonly OptionDefinition<bool> Tls = new()
    {
        Flag = "tls",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Extra,
        Help = "Whether clients speak TLS here, with the certificates that tlsMode says.",
    };

    /// <summary>Whether it only sends clients to TLS.</summary>
    public static readonly OptionDefinition<bool> Redirect = new()
    {
        Flag = "redirect",
        Kind = new BooleanKind(),
        Default = "false",
        Group = Extra,
        Help = "Answer everything here with a redirect to the first listener with TLS.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } = [Host, Port, Tls, Redirect];
}
