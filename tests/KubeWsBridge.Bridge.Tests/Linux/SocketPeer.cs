using System.Net.Sockets;
using System.Text;

namespace KubeWsBridge.Bridge.Tests.Linux;

/// <summary>What a test does at its end of a connection; every wait ends after 30 s with an exception.</summary>
internal static class SocketPeer
{
    /// <summary>Sends all of it.</summary>
    public static void SendAll(this Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[socket.Send(bytes)..];
    }

    /// <summary>Receives exactly so many bytes.</summary>
    public static byte[] ReceiveExactly(this Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var received = socket.Receive(bytes.AsSpan(at));
            Assert.True(received > 0, $"The end came after {at} of {count} bytes: {Encoding.UTF8.GetString(bytes, 0, Math.Min(at, 100))}");
            at += received;
        }

        return bytes;
    }

    /// <summary>Receives to the end of the input.</summary>
    public static byte[] ReceiveToEnd(this Socket socket)
    {
        var all = new MemoryStream();
        var bytes = new byte[65536];
        for (int count; (count = socket.Receive(bytes)) > 0;)
            all.Write(bytes, 0, count);
        return all.ToArray();
    }

    /// <summary>Sends until the other side has taken nothing for a while, and says how much it took.</summary>
    public static long SendUntilFull(this Socket socket, byte[] bytes, long atMost)
    {
        var sent = 0L;
        socket.Blocking = false;
        while (sent < atMost && socket.Poll(200_000, SelectMode.SelectWrite))
        {
            var at = (int)(sent % bytes.Length);
            sent += Math.Max(0, socket.Send(bytes.AsSpan(at, (int)Math.Min(bytes.Length - at, atMost - sent)), SocketFlags.None, out _));
        }

        socket.Blocking = true;
        return sent;
    }
}
