namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>Who decides what happens at a socket's end; every call comes on the loop's thread.</summary>
internal interface ISocketEndOwner
{
    /// <summary>There is something to receive, or the end; only while <see cref="SocketEnd.Reads"/>.</summary>
    void OnReadable(SocketEnd end);

    /// <summary>What had to wait is sent, or will never be (<see cref="SocketEnd.IsBroken"/>).</summary>
    void OnUnblocked(SocketEnd end);

    /// <summary>The peer has ended its direction or the connection while nobody reads; what it sent before is still to be read.</summary>
    void OnPeerEnded(SocketEnd end);

    /// <summary>One of the above threw.</summary>
    void OnFault(Exception exception);
}
