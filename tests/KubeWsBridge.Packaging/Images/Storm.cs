using System.Net.Sockets;
using System.Text;

namespace KubeWsBridge.Packaging.Images;

/// <summary>Many handshakes at once, from this machine to this machine, bounded in number.</summary>
public static class Storm
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Sends so many handshakes in waves, and keeps the connections of a wave open until all of it are answered.</summary>
    /// <returns>How many were answered with which status.</returns>
    public static async Task<Dictionary<int, int>> RageAsync(int port, int connections, int atATime)
    {
        using var patience = new CancellationTokenSource(Patience);
        var answers = new Dictionary<int, int>();
        for (var begun = 0; begun < connections; begun += atATime)
        {
            var wave = Enumerable.Range(0, Math.Min(atATime, connections - begun)).Select(_ => new TcpClient()).ToList();
            foreach (var status in await Task.WhenAll(wave.Select(client => KnockAsync(client, port, patience.Token))))
                answers[status] = answers.GetValueOrDefault(status) + 1;
            wave.ForEach(client => client.Dispose());
        }
        return answers;
    }

    private static async Task<int> KnockAsync(TcpClient client, int port, CancellationToken cancellationToken)
    {
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: storm\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken) ?? "";
        return line.Split(' ') is [_, var status, ..] ? int.Parse(status, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }
}
