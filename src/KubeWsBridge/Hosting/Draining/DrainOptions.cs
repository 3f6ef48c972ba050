namespace KubeWsBridge.Hosting.Draining;

/// <summary>How the program goes away.</summary>
internal sealed record DrainOptions
{
    /// <summary>How long new connections are still accepted after readiness is withdrawn; none: only where a load balancer must notice first is it of use.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The time over which the ends of sessions are spread; 5 s.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the ends may take once connections are refused; 30 s, the grace period of a pod.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When whoever started the program kills it, counted from the drain's beginning; zero (the default) when that is not known.</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>How long a worker may take to end after its input has: its grace, and what it may take to obey SIGTERM; 7 s.</summary>
    public TimeSpan WorkerTime { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>How long a client may take to end meanwhile: the wait for the worker's last words, and for the client's close frame; 2 s.</summary>
    public TimeSpan ClientTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>1001 (the default) or 1012.</summary>
    public int CloseCode { get; init; } = Bridge.WebSockets.CloseCode.GoingAway;
}
