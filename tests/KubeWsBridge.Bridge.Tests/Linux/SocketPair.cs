using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

/// <summary>Two ends of one connection: ours, which nobody has waited for, and the peer's, a blocking socket of the test's.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(Socket listener, EndPoint address, int? bufferSize)
    {
        Peer = new Socket(address.AddressFamily, SocketType.Stream, listener.ProtocolType) { ReceiveTimeout = 30_000, SendTimeout = 30_000 };
        if (bufferSize is { } size)
            listener.ReceiveBufferSize = listener.SendBufferSize = Peer.ReceiveBufferSize = Peer.SendBufferSize = size;
        Peer.Connect(address);
        var accepted = listener.Accept();
        if (bufferSize is not null)
            accepted.ReceiveBufferSize = accepted.SendBufferSize = bufferSize.Value; // a unix socket does not get its listener's
        if (accepted.AddressFamily != AddressFamily.Unix)
            accepted.NoDelay = Peer.NoDelay = true;
        Ours = SocketDescriptor.TakeFrom(accepted);
    }

    /// <summary>The end under test.</summary>
    public SocketDescriptor Ours { get; }

    /// <summary>The other end.</summary>
    public Socket Peer { get; }

    /// <summary>Over loopback TCP; the buffer size, if given, is that of all four buffers.</summary>
    public static SocketPair Tcp(int? bufferSize = null, IPAddress? address = null)
    {
        using var listener = new Socket((address ?? IPAddress.Loopback).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address ?? IPAddress.Loopback, 0));
        listener.Listen();
        return new SocketPair(listener, listener.LocalEndPoint!, bufferSize);
    }

    /// <summary>Over a unix socket.</summary>
    public static SocketPair Unix(int? bufferSize = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"kwb-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return new SocketPair(listener, new UnixDomainSocketEndPoint(path), bufferSize);
    }

    /// <summary>Makes the peer's close a reset.</summary>
    public void Reset()
    {
        Peer.LingerState = new LingerOption(true, 0);
        Peer.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Peer.Dispose();
        Ours.Dispose();
    }
}
