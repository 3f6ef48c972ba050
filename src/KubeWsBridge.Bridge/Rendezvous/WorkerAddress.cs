using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>Where workers connect back to, in the words they are told it with.</summary>
public sealed class WorkerAddress
{
    private readonly string _text;

    private WorkerAddress(string host, int port, string text) => (Host, Port, _text) = (host, port, text);

    /// <summary>
    /// An IP address, in brackets when it is IPv6, or <c>unix:///path</c>: what PHP's fsockopen wants.
    /// </summary>
    public string Host { get; }

    /// <summary>The port, 1 to 65535; 0 with a unix socket, which has none.</summary>
    public int Port { get; }

    /// <summary>The address as it is logged: <c>127.0.0.1:9001</c> or <c>unix:/path</c>.</summary>
    public override string ToString() => _text;

    /// <summary>The address of a bound TCP socket; loopback when every address is bound.</summary>
    internal static WorkerAddress Of(IPEndPoint bound)
    {
        var host = bound.Address switch
        {
            var any when any.Equals(IPAddress.Any) => "127.0.0.1",
            var any when any.Equals(IPAddress.IPv6Any) => "[::1]",
            { AddressFamily: AddressFamily.InterNetworkV6 } v6 => $"[{v6}]",
            var v4 => v4.ToString(),
        };
        return new WorkerAddress(host, bound.Port, string.Create(CultureInfo.InvariantCulture, $"{host}:{bound.Port}"));
    }

    /// <summary>The address of a unix socket with this absolute path.</summary>
    internal static WorkerAddress OfUnixSocket(string path) => new($"{UnixSocketPath.Scheme}//{path}", 0, UnixSocketPath.Scheme + path);
}
