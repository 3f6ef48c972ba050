using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>
/// What counts as one client address: an IPv4 address, or the /64 of an IPv6 address, since a single client commonly has all of a /64 to
/// choose from (RFC 6177).
/// </summary>
internal readonly record struct AddressKey(ulong Prefix, bool IsIPv6)
{
    public static AddressKey Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new(BinaryPrimitives.ReadUInt64BigEndian(bytes), true)
            : new(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
    }
}
