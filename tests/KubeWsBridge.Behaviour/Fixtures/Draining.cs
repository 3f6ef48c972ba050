using System.Net;
using System.Text.Json;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>The operator's side of a drain.</summary>
public static class Draining
{
    private static readonly HttpClient Http = new();

    /// <summary>Sends a request to /drain; what follows the path may be "?wait".</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Answer)> DrainAsync(this BridgeProcess bridge, HttpMethod method, string query = "")
    {
        using var request = new HttpRequestMessage(method, await Operator.UrlAsync(bridge, "/drain" + query));
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : JsonDocument.Parse($"\"{text.Trim()}\"").RootElement);
    }

    /// <summary>How far the drain is.</summary>
    public static async Task<string> DrainStateAsync(this BridgeProcess bridge) =>
        (await bridge.DrainAsync(HttpMethod.Get)).Answer.GetProperty("state").GetString()!;

    /// <summary>The status of a probe.</summary>
    public static async Task<int> ProbeAsync(this BridgeProcess bridge, string probe)
    {
        using var answer = await Http.GetAsync(await Operator.UrlAsync(bridge, probe));
        return (int)answer.StatusCode;
    }
}
