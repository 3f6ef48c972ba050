namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>Where workers connect back to.</summary>
public sealed record RendezvousOptions
{
    /// <summary>
    /// The address to listen on: loopback, because whoever reaches it can try ids, or <c>unix:/path</c> for a unix socket.
    /// </summary>
    public string TcpBind { get; init; } = "127.0.0.1";

    /// <summary>The port, 0 to 65535; 0 (the default) takes a free one. Unused with a unix socket.</summary>
    public int TcpPort { get; init; }

    /// <summary>How long a back-connection may take to send its hello line; 10 s, far beyond what a loopback peer needs.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
