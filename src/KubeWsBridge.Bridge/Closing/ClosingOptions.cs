namespace KubeWsBridge.Bridge.Closing;

/// <summary>Deadlines of the end of a session; each bounds one step, and a step that is done earlier takes no time.</summary>
public sealed record ClosingOptions
{
    /// <summary>How long the worker's last bytes are awaited before the close frame goes out; 1 s, well below what clients wait for it.</summary>
    public TimeSpan TailTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the client's close frame is awaited after ours; 1 s (RFC 6455 section 7.1.1 asks for "reasonable").</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a worker may go on after its input has ended, before SIGTERM; 5 s.</summary>
    public TimeSpan WorkerGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a worker may take to obey SIGTERM, before SIGKILL; 2 s.</summary>
    public TimeSpan TerminateGrace { get; init; } = TimeSpan.FromSeconds(2);
}
