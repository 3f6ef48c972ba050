using System.Buffers.Binary;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>How much of what was sent the client's machine has acknowledged: the only sign that a slow client still takes what lies in our buffers.</summary>
/// <param name="socket">The client's connection; null, or anything but TCP on Linux, is never seen to move.</param>
internal readonly struct DeliveryGauge(Socket? socket)
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int BytesAcknowledged = 120; // tcpi_bytes_acked in struct tcp_info, Linux 4.1

    /// <summary>Bytes acknowledged so far, those of TLS and HTTP included; 0 when nobody knows.</summary>
    public long Acknowledged
    {
        get
        {
            if (socket is null || !OperatingSystem.IsLinux())
                return 0;

            Span<byte> info = stackalloc byte[BytesAcknowledged + sizeof(long)];
            try
            {
                return socket.GetRawSocketOption(TcpLevel, TcpInfo, info) == info.Length
                    ? BinaryPrimitives.ReadInt64LittleEndian(info[BytesAcknowledged..])
                    : 0;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return 0;
            }
        }
    }
}
