using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The socket on which workers are awaited, and its file if it has one: both gone with the disposal.</summary>
internal sealed class WorkerSocket : IDisposable
{
    // On a unix socket a full queue turns workers away at once, where TCP lets them wait; the kernel cuts this at net.core.somaxconn.
    private const int Backlog = 4096;

    private const string BindOption = "--tcp-bind";

    private readonly IDisposable? _file;

    private WorkerSocket(Socket socket, WorkerAddress address, IDisposable? file = null) => (Socket, Address, _file) = (socket, address, file);

    /// <summary>Listens.</summary>
    public Socket Socket { get; }

    /// <summary>Where; the port is the real one.</summary>
    public WorkerAddress Address { get; }

    /// <summary>Binds and listens as the options say.</summary>
    /// <exception cref="SocketException">The TCP address cannot be bound.</exception>
    /// <exception cref="IOException">The unix socket cannot be bound; the message says what to change.</exception>
    public static WorkerSocket Listen(RendezvousOptions options)
    {
        if (!UnixSocketPath.TryRead(options.TcpBind, out var path))
            return ListenOnTcp(new IPEndPoint(IPAddress.Parse(options.TcpBind), options.TcpPort));
        return OperatingSystem.IsLinux()
            ? ListenOnFile(path, BindOption)
            : throw new IOException($"A worker socket that is a file ({BindOption} {options.TcpBind}) needs Linux. Use {BindOption} 127.0.0.1.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        Socket.Dispose();
    }

    private static WorkerSocket ListenOnTcp(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen(Backlog);
            return new WorkerSocket(socket, WorkerAddress.Of((IPEndPoint)socket.LocalEndPoint!));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Listens on a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">Where its path comes from, for messages.</param>
    /// <exception cref="IOException">The unix socket cannot be bound; the message says what to change.</exception>
    [SupportedOSPlatform("linux")]
    public static WorkerSocket ListenOnFile(string path, string option)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        UnixSocketFile? file = null;
        try
        {
            file = UnixSocketFile.Bind(socket, path, option);
            file.Protect();
            socket.Listen(Backlog);
            file.Confirm();
            return new WorkerSocket(socket, WorkerAddress.OfUnixSocket(path), file);
        }
        catch
        {
            file?.Dispose();
            socket.Dispose();
            throw;
        }
    }
}
