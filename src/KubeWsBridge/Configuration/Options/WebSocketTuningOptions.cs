using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>The ancestor's WebSocket tuning options.</summary>
internal static class WebSocketTuningOptions
{
    /// <summary>Most payload bytes of a message.</summary>
    public static readonly OptionDefinition<long> MaxPayloadSize = new()
    {
        Flag = "max-payload-size",
        Kind = new SizeKind(1, 1L << 40),
        Default = "16777216",
        Group = WebSocket,
        Help = "Most payload bytes of one message from a client, all fragments together; more ends the connection with 1009.",
    };

    /// <summary>Bytes gathered before a write.</summary>
    public static readonly OptionDefinition<long> WriteBufferSize = new()
    {
        Flag = "write-buffer-size",
        Kind = new SizeKind(0, 1 << 30),
        Default = "131072",
        Group = WebSocket,
        IsStatic = true,
        Help = "Bytes to a client that may wait for the network before its worker is slowed down.",
    };

    /// <summary>Most bytes that may wait.</summary>
    public static readonly OptionDefinition<long> MaxWriteBufferSize = new()
    {
        Flag = "max-write-buffer-size",
        FlagAliases = ["max-write-buffer"],
        Variable = "WSS_CONFIG_MAX_WRITE_BUFFER",
        Kind = new SizeKind(1, 1L << 40),
        Default = "16777216",
        Group = WebSocket,
        IsStatic = true,
        Help = "Upper bound of what waits for one client, whatever happens; at least --write-buffer-size.",
    };

    /// <summary>All of them, in the order of the ancestor's page.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } = [MaxPayloadSize, WriteBufferSize, MaxWriteBufferSize];
}
