using System.Text;
using System.Text.Json;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>A session with <c>ground.php</c>.</summary>
public sealed class GroundWorker : IAsyncDisposable
{
    private GroundWorker(RawClient client, LoggedSession session) => (Client, Session) = (client, session);

    /// <summary>The client's end.</summary>
    public RawClient Client { get; }

    /// <summary>The session as logged.</summary>
    public LoggedSession Session { get; }

    /// <summary>Opens a session.</summary>
    public static async Task<GroundWorker> OpenAsync(BridgeProcess bridge, string path = "/ground", params string[] headers)
    {
        var client = await RawClient.ConnectAsync(bridge.Port, path, headers);
        return new GroundWorker(client, await bridge.OpenedAsync(client));
    }

    /// <summary>Has it do something.</summary>
    public Task TellAsync(string command) => Client.SendTextAsync(command + "\n");

    /// <summary>Has it report what it finds.</summary>
    public async Task<JsonElement> ReportAsync()
    {
        await TellAsync("report");
        return JsonDocument.Parse(await ReadLineAsync()).RootElement;
    }

    /// <summary>Its process id, by its own word.</summary>
    public async Task<int> ProcessIdAsync() => (await ReportAsync()).GetProperty("pid").GetInt32();

    /// <summary>Makes sure that it is alive and the way to it is open.</summary>
    public async Task IsHereAsync()
    {
        await TellAsync("session");
        Assert.Equal("here", await ReadLineAsync());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (line.Length == 0 || line[^1] != '\n')
            line.Append(Encoding.Latin1.GetString(await Client.ReadDataAsync(1)));
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line.ToString().TrimEnd('\n')));
    }
}
