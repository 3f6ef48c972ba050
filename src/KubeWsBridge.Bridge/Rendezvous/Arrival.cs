using System.Net.Sockets;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>A worker's connection that has said whom it wants to meet. Whoever takes its socket, in the one form or the other, owns it.</summary>
internal sealed class Arrival : IDisposable
{
    private readonly SocketDescriptor? _descriptor;
    private Socket? _socket;

    /// <summary>Over a socket of .NET's.</summary>
    public Arrival(Socket socket, byte[] firstBytes) => (_socket, FirstBytes) = (socket, firstBytes);

    /// <summary>Over a socket that .NET has never waited for, so that a loop of ours can have it.</summary>
    public Arrival(SocketDescriptor descriptor, bool isTcp, byte[] firstBytes) => (_descriptor, IsTcp, FirstBytes) = (descriptor, isTcp, firstBytes);

    /// <summary>What came in one segment with the hello line, to be read first.</summary>
    public byte[] FirstBytes { get; }

    /// <summary>Whether it came over TCP and not over a unix socket.</summary>
    public bool IsTcp { get; } = true;

    /// <summary>The socket for a loop; null where there are none.</summary>
    public SocketDescriptor? Descriptor => _descriptor;

    /// <summary>The socket for .NET's own way of waiting, which ends that for a loop's.</summary>
    public Socket ToSocket()
    {
        if (_socket is not null)
            return _socket;
        _socket = new Socket(new SafeSocketHandle(_descriptor!.Release(), ownsHandle: true)) { Blocking = false };
        return _socket;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _descriptor?.Dispose();
        _socket?.Dispose();
    }
}
