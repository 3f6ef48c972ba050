using System.Net.Sockets;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>How much of what was sent the client's machine has acknowledged: the only sign that a slow client still takes what lies in our buffers.</summary>
/// <remarks>Anything but TCP on Linux is never seen to move.</remarks>
internal readonly struct DeliveryGauge
{
    private const int BytesAcknowledged = 120; // tcpi_bytes_acked in struct tcp_info, Linux 4.1
    private const int BytesNotSent = 144; // tcpi_notsent_bytes, Linux 4.6
    private const int Size = 148;

    private readonly Socket? _socket;
    private readonly SocketDescriptor? _descriptor;

    /// <summary>Of a client's connection, if its socket is known.</summary>
    public DeliveryGauge(Socket? socket) => _socket = socket;

    /// <summary>Of a client's connection.</summary>
    public DeliveryGauge(SocketDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Bytes acknowledged so far, those of TLS and HTTP included; 0 when nobody knows.</summary>
    public long Acknowledged
    {
        get
        {
            Span<byte> info = stackalloc byte[Size];
            return TryRead(info) ? BitConverter.ToInt64(info[BytesAcknowledged..]) : 0;
        }
    }

    /// <summary>Whether the kernel holds bytes the client has no room for; false when nobody knows, and once the socket is closed.</summary>
    public bool IsHeldUp
    {
        get
        {
            Span<byte> info = stackalloc byte[Size];
            return TryRead(info) && BitConverter.ToInt32(info[BytesNotSent..]) != 0;
        }
    }

    private bool TryRead(Span<byte> info)
    {
        if (_descriptor is not null)
            return _descriptor.GetOption(SocketCalls.TcpLevel, SocketCalls.TcpInfo, info) == info.Length;
        if (_socket is null || !OperatingSystem.IsLinux())
            return false;

        try
        {
            return _socket.GetRawSocketOption(SocketCalls.TcpLevel, SocketCalls.TcpInfo, info) == info.Length;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
