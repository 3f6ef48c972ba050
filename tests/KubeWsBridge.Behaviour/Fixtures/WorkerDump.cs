using System.Text;
using System.Text.Json;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>What a worker found around itself: the answer of the dump handlers.</summary>
public sealed class WorkerDump
{
    private readonly JsonElement _root;

    private WorkerDump(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        _root = document.RootElement.Clone();
    }

    /// <summary>A variable of its environment, or null.</summary>
    public string? this[string variable] => _root.GetProperty("environment").TryGetProperty(variable, out var value) ? value.GetString() : null;

    /// <summary>The names of all its variables.</summary>
    public IEnumerable<string> Variables => _root.GetProperty("environment").EnumerateObject().Select(property => property.Name);

    /// <summary><c>$argv</c>.</summary>
    public IEnumerable<string?> Arguments => _root.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString());

    /// <summary>The working directory.</summary>
    public string? Directory => _root.GetProperty("directory").GetString();

    /// <summary>PHP's memory_limit, which a test may set by an argument.</summary>
    public string? MemoryLimit => _root.GetProperty("memory").GetString();

    /// <summary>WSS_REQUEST_HEADERS as it should be read.</summary>
    public IReadOnlyDictionary<string, string> Headers => JsonSerializer.Deserialize<Dictionary<string, string>>(this["WSS_REQUEST_HEADERS"]!)!;

    /// <summary>Asks the dump handler with these headers.</summary>
    public static async Task<WorkerDump> GetAsync(BridgeProcess bridge, string path = "/dump", params string[] headers)
    {
        await using var client = await RawClient.ConnectAsync(bridge.Port, path, headers);
        return await ReadAsync(client);
    }

    /// <summary>Asks with exactly these lines of a request, each character one byte.</summary>
    public static async Task<WorkerDump> GetAsync(int port, params string[] lines)
    {
        await using var client = await RawClient.TcpAsync(port);
        await client.SendAsync(Request(lines));
        await client.ReadResponseAsync();
        Assert.True(client.Status == 101, client.Response);
        return await ReadAsync(client);
    }

    /// <summary>Reads the answer of a client that is connected.</summary>
    public static async Task<WorkerDump> ReadAsync(RawClient client)
    {
        var ending = await client.ReadToCloseAsync();
        return new WorkerDump(ending.Data);
    }

    /// <summary>A request of these lines and the headers of a WebSocket handshake.</summary>
    public static byte[] Request(params string[] lines) => Encoding.Latin1.GetBytes(string.Join("\r\n",
        [.. lines, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""]));
}
