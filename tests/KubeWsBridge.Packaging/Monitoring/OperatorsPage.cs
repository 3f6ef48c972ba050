using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Packaging.Monitoring;

/// <summary>The page for Prometheus of a real program that has served a session and refused a client.</summary>
public static partial class OperatorsPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts the program, uses it, and fetches the page.</summary>
    public static async Task<string> FetchAsync()
    {
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kubewsbridge"), [
            "--php-executable", Peers.Find("php", "apt-get install php8.2-cli"), "--script", Path.Combine(Repository.Root, "src", "php", "examples", "echo.php"),
            "--ws-host", "127.0.0.1", "--ws-port", "0", "--management-address", "127.0.0.1:0", "--launcher", "process"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            string? clients = null, operators = null;
            while (clients is null || operators is null)
            {
                var line = await process.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The bridge ended.");
                clients ??= Clients().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
                operators ??= Operators().Match(line) is { Success: true } other ? other.Groups[1].Value : null;
            }

            _ = process.StandardError.ReadToEndAsync(patience.Token);
            await UseAsync(clients, patience.Token);
            using var http = new HttpClient();
            return await http.GetStringAsync(new Uri($"http://{operators}/metrics"), patience.Token);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task UseAsync(string address, CancellationToken cancellationToken)
    {
        using (var http = new HttpClient())
            (await http.GetAsync(new Uri($"http://{address}/"), cancellationToken)).Dispose();
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{address}/"), cancellationToken);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        await client.ReceiveAsync(new byte[64], cancellationToken);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
    }

    [GeneratedRegex(@"listening on ws://(\S+:\d+);")]
    private static partial Regex Clients();

    [GeneratedRegex(@"http://(127\.0\.0\.1:\d+)")]
    private static partial Regex Operators();
}
