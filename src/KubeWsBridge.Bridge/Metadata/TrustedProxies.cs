using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>The networks whose word about the client is taken.</summary>
public sealed class TrustedProxies(IEnumerable<IPNetwork> networks)
{
    private readonly IPNetwork[] _networks = [.. networks.Select(Unmap)];

    /// <summary>Whether the address is in one of the networks; IPv4 addresses may be written as mapped IPv6 ones.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = Unmap(address);
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    /// <summary>The end point of a connection's other side; a unix socket's is local, so it stands as 127.0.0.1 with the unknown port 0.</summary>
    internal static IPEndPoint Peer(EndPoint? remote) =>
        remote is IPEndPoint { Address: var address, Port: var port } ? new(Unmap(address), port) : new(IPAddress.Loopback, 0);

    /// <summary>Mapped IPv6 addresses, which a dual-stack listener gives for IPv4 clients, as IPv4 ones.</summary>
    internal static IPAddress Unmap(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork Unmap(IPNetwork network) =>
        network is { BaseAddress: { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } mapped, PrefixLength: >= 96 and var length }
            ? new(mapped.MapToIPv4(), length - 96)
            : network;
}
