using System.Net.Sockets;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>A worker's connection that has said whom it wants to meet. Whoever takes its socket owns it from then on.</summary>
internal sealed class Arrival : IDisposable
{
    private SocketDescriptor? _descriptor;
    private Socket? _socket;

    /// <summary>Over a socket of .NET's.</summary>
    public Arrival(Socket socket, Hello hello, byte[] firstBytes) => (_socket, Hello, FirstBytes) = (socket, hello, firstBytes);

    /// <summary>Over a socket that .NET has never waited for, so that a loop of ours can have it.</summary>
    public Arrival(SocketDescriptor descriptor, bool isTcp, Hello hello, byte[] firstBytes) =>
        (_descriptor, IsTcp, Hello, FirstBytes) = (descriptor, isTcp, hello, firstBytes);

    /// <summary>What it said.</summary>
    public Hello Hello { get; }

    /// <summary>What came in one segment with the hello line, to be read first.</summary>
    public byte[] FirstBytes { get; }

    /// <summary>Whether it came over TCP and not over a unix socket.</summary>
    public bool IsTcp { get; } = true;

    /// <summary>Whether a loop can have it.</summary>
    public bool HasDescriptor => _descriptor is not null;

    /// <summary>The socket for a loop.</summary>
    public SocketDescriptor TakeDescriptor() => Interlocked.Exchange(ref _descriptor, null) ?? throw new InvalidOperationException("It is taken, or there is none.");

    /// <summary>The socket for .NET's own way of waiting.</summary>
    public Socket TakeSocket() => Interlocked.Exchange(ref _socket, null)
        ?? new Socket(new SafeSocketHandle(TakeDescriptor().Release(), ownsHandle: true)) { Blocking = false };

    /// <inheritdoc/>
    public void Dispose()
    {
        _descriptor?.Dispose();
        _socket?.Dispose();
    }
}
