using System.Buffers.Binary;
using System.Net;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>Reads the kernel's struct sockaddr.</summary>
internal static unsafe class KernelAddress
{
    /// <summary>Room for any address (struct sockaddr_storage).</summary>
    public const int MaxSize = 128;

    private const ushort InternetV4 = 2; // AF_INET
    private const ushort InternetV6 = 10; // AF_INET6

    /// <summary>The address and port; null for other families, such as unix sockets.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> address)
    {
        if (address.Length < sizeof(ushort))
            return null;

        var port = address.Length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(address[2..]) : 0;
        return BitConverter.ToUInt16(address) switch
        {
            InternetV4 => new IPEndPoint(new IPAddress(address.Slice(4, 4)), port),
            InternetV6 => new IPEndPoint(new IPAddress(address.Slice(8, 16), BitConverter.ToUInt32(address[24..])), port),
            _ => null,
        };
    }

    /// <summary>The socket's own end.</summary>
    public static IPEndPoint? OfLocalEnd(SocketDescriptor socket)
    {
        var address = stackalloc byte[MaxSize];
        var length = MaxSize;
        return SocketCalls.getsockname(socket, address, &length) == 0 ? Read(new ReadOnlySpan<byte>(address, length)) : null;
    }
}
