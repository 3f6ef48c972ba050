using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>Opens connections and upgrades those that speak WebSocket.</summary>
internal static class Connector
{
    private const int PatienceMilliseconds = 15_000;

    /// <summary>Connects and upgrades; what comes back is blocking and has no bytes behind the response read.</summary>
    /// <exception cref="BenchmarkException">The server did not answer 101.</exception>
    public static Socket Open(int port, Wire wire)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = PatienceMilliseconds,
            SendTimeout = PatienceMilliseconds,
        };
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            if (wire == Wire.WebSocket)
                Upgrade(socket, port);
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new BenchmarkException($"connecting failed: {exception.Message}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Opens a set of connections that send the ring's messages, several at a time.</summary>
    public static LoadConnection[] OpenMany(int port, Wire wire, int count, MessageRing ring)
    {
        var connections = new LoadConnection[count];
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
                connections[index] = new LoadConnection(Open(port, wire), wire, ring));
            return connections;
        }
        catch (AggregateException exception)
        {
            foreach (var connection in connections)
                connection?.Dispose();
            throw new BenchmarkException(exception.InnerException!.Message);
        }
    }

    private static void Upgrade(Socket socket, int port)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"));

        // A worker may push at once, so nothing behind the empty line may be read here: peek, then take exactly the head.
        Span<byte> head = stackalloc byte[2048];
        while (true)
        {
            var count = socket.Receive(head, SocketFlags.Peek);
            if (count == 0)
                throw new BenchmarkException("the connection ended before the response");
            var end = head[..count].IndexOf("\r\n\r\n"u8);
            if (end < 0 && count < head.Length)
            {
                Thread.Yield();
                continue;
            }

            if (!head.StartsWith("HTTP/1.1 101"u8))
                throw new BenchmarkException("refused: " + Encoding.ASCII.GetString(head[..count]).Split("\r\n")[0]);
            socket.Receive(head[..(end + 4)], SocketFlags.None);
            return;
        }
    }
}
