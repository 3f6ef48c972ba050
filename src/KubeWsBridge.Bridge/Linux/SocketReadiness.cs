namespace KubeWsBridge.Bridge.Linux;

/// <summary>Waits for a socket outside of a session: one reader, one writer, and whoever wants to know that the peer has gone.</summary>
/// <remarks>
/// Edge-triggered, so one system call registers it for good: try first, wait when there was nothing, try again. A wait may end too early.
/// </remarks>
internal sealed class SocketReadiness : IEpollTarget, IDisposable
{
    private const EpollEvents Ends = EpollEvents.Error | EpollEvents.HungUp;
    private readonly EpollRegistration _registration;

    /// <summary>Registers the socket.</summary>
    /// <exception cref="IOException">The kernel has no room for another watch.</exception>
    public SocketReadiness(SocketDescriptor socket, EpollLoop loop)
    {
        _registration = loop.Register(socket, this);
        try
        {
            _registration.Arm(EpollEvents.Readable | EpollEvents.Writable | EpollEvents.PeerEnded | EpollEvents.EdgeTriggered);
        }
        catch
        {
            _registration.Dispose();
            throw;
        }
    }

    /// <summary>There may be something to read, or the end.</summary>
    public ReadinessEdge Readable { get; } = new();

    /// <summary>There may be room to write, or nobody left to write to.</summary>
    public ReadinessEdge Writable { get; } = new();

    /// <summary>Called, maybe several times, on the loop's thread when the peer has ended its direction or the connection.</summary>
    public Action? PeerEnded { get; set; }

    /// <inheritdoc/>
    public void OnReady(EpollEvents events)
    {
        if ((events & (EpollEvents.Readable | EpollEvents.PeerEnded | Ends)) != 0)
            Readable.Signal();
        if ((events & (EpollEvents.Writable | Ends)) != 0)
            Writable.Signal();
        if ((events & (EpollEvents.PeerEnded | Ends)) != 0)
            PeerEnded?.Invoke();
    }

    /// <summary>Leaves the loop and ends waits with the socket as it is; before the socket is closed or given away.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        Readable.Signal();
        Writable.Signal();
    }
}
