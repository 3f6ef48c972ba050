namespace KubeWsBridge.Bridge.Linux;

/// <summary>Waits for a socket outside of a session: one reader, one writer, and whoever wants to know that the peer has gone.</summary>
/// <remarks>
/// Edge-triggered, so one system call registers it for good: try first, wait when there was nothing, try again. A wait may end too early.
/// </remarks>
internal sealed class SocketReadiness : IEpollTarget, IDisposable
{
    private const EpollEvents Ends = EpollEvents.Error | EpollEvents.HungUp;
    private readonly EpollRegistration _registration;
    private readonly Action? _peerEnded;
    private volatile bool _left;

    /// <summary>Registers the socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="loop">The loop that watches it.</param>
    /// <param name="peerEnded">Called, maybe several times, on the loop's thread when the peer has ended its direction or the connection.</param>
    /// <exception cref="IOException">The kernel has no room for another watch.</exception>
    public SocketReadiness(SocketDescriptor socket, EpollLoop loop, Action? peerEnded = null)
    {
        _peerEnded = peerEnded; // first: the peer may have gone already, and that is told once
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

    /// <summary>Whether it watches the socket no more, which may be somebody else's or closed by now.</summary>
    public bool HasLeft => _left;

    /// <inheritdoc/>
    public void OnReady(EpollEvents events)
    {
        if ((events & (EpollEvents.Readable | EpollEvents.PeerEnded | Ends)) != 0)
            Readable.Signal();
        if ((events & (EpollEvents.Writable | Ends)) != 0)
            Writable.Signal();
        if ((events & (EpollEvents.PeerEnded | Ends)) != 0)
            _peerEnded?.Invoke();
    }

    /// <summary>Leaves the loop and ends waits with the socket as it is; before the socket is closed or given away.</summary>
    public void Dispose()
    {
        _left = true;
        _registration.Dispose();
        Readable.Signal();
        Writable.Signal();
    }
}
