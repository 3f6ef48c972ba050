using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>What a Service does in front of pods: each connection to its port goes to the next of them that is there.</summary>
public sealed class RoundRobin : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task<int[]> _ports;
    private readonly Task _accepting;
    private int _next;

    /// <summary>Begins to listen.</summary>
    /// <param name="port">Where clients come to.</param>
    /// <param name="ports">Where they are sent, and who comes earlier waits: a pod orders as soon as it has started, which may be before all have.</param>
    public RoundRobin(int port, Task<int[]> ports)
    {
        (_listener, _ports) = (new TcpListener(IPAddress.Loopback, port), ports);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var server = await ConnectAsync();
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
            }
            catch (Exception ended) when (ended is SocketException or IOException)
            {
                // One of the two has gone; the other sees its connection end.
            }
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var ports = await _ports;
        for (var left = ports.Length; ; left--)
        {
            var server = new TcpClient();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, ports[(Interlocked.Increment(ref _next) - 1) % ports.Length]);
                return server;
            }
            catch (SocketException) when (left > 1)
            {
                server.Dispose();
            }
        }
    }
}
