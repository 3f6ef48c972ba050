using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>A page that PHP-FPM made, asked for by a plain FastCGI call. Shares no code with the program.</summary>
/// <param name="Head">The header block.</param>
/// <param name="Body">The page.</param>
public sealed record FpmAnswer(string Head, string Body)
{
    /// <summary>Connects to an address as --fastcgi-address has it.</summary>
    public static Socket Connect(string address)
    {
        var isUnix = address.StartsWith("unix:", StringComparison.Ordinal);
        var socket = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(isUnix ? new UnixDomainSocketEndPoint(address[5..]) : System.Net.IPEndPoint.Parse(address));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks, and reads to the end of the answer.</summary>
    public static async Task<FpmAnswer> GetAsync(string address, string script, string query)
    {
        using var socket = Connect(address);
        await using var stream = new NetworkStream(socket);
        var pairs = Pair("SCRIPT_FILENAME", script).Concat(Pair("SCRIPT_NAME", script)).Concat(Pair("REQUEST_METHOD", "GET"))
            .Concat(Pair("REQUEST_URI", script)).Concat(Pair("REMOTE_ADDR", "127.0.0.1")).Concat(Pair("QUERY_STRING", query));
        byte[] request = [.. Record(1, [0, 1, 0, 0, 0, 0, 0, 0]), .. Record(4, [.. pairs]), .. Record(4, []), .. Record(5, [])];
        await stream.WriteAsync(request);

        var answer = new StringBuilder();
        var header = new byte[8];
        while (true)
        {
            await stream.ReadExactlyAsync(header).AsTask().WaitAsync(RawClient.Patience);
            var content = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(4)) + header[6]];
            await stream.ReadExactlyAsync(content).AsTask().WaitAsync(RawClient.Patience);
            if (header[1] == 6)
                answer.Append(Encoding.UTF8.GetString(content, 0, content.Length - header[6]));
            if (header[1] != 3)
                continue;
            var parts = answer.ToString().Split("\r\n\r\n", 2);
            return new FpmAnswer(parts[0], parts[1]);
        }
    }

    private static byte[] Pair(string name, string value) => [(byte)name.Length, .. LongLength(value), .. Encoding.UTF8.GetBytes(name + value)];

    private static byte[] LongLength(string value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)Encoding.UTF8.GetByteCount(value) | 0x8000_0000);
        return length;
    }

    private static byte[] Record(byte type, byte[] content) => [1, type, 0, 1, (byte)(content.Length >> 8), (byte)content.Length, 0, 0, .. content];
}
