namespace KubeWsBridge.Benchmarks.Load;

/// <summary>What the generator speaks to a target.</summary>
internal enum Wire
{
    /// <summary>Payload bytes as they are: a TCP proxy does no framing.</summary>
    Raw,

    /// <summary>RFC 6455, a masked binary message per message.</summary>
    WebSocket,
}
