using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>Somebody who uses the operator's port of a bridge, which has been started with <see cref="Options"/>.</summary>
public static partial class Operator
{
    private static readonly HttpClient Http = new();

    /// <summary>A port of its own for a bridge.</summary>
    public static string[] Options { get; } = ["--management-address", "127.0.0.1:0"];

    /// <summary>The URL of a path there.</summary>
    public static async Task<string> UrlAsync(BridgeProcess bridge, string path) =>
        Address().Match(await bridge.LoggedAsync("metrics are answered on")).Value + path;

    /// <summary>Waits for the bridge's one session and has it ended.</summary>
    public static async Task EndTheSessionAsync(BridgeProcess bridge)
    {
        JsonElement[] sessions = [];
        await Eventually.IsTrueAsync(
            async () => (sessions = await SessionsAsync(bridge)).Length == 1, () => $"There are {sessions.Length} sessions, not one.");
        using var answer = await Http.DeleteAsync(await UrlAsync(bridge, $"/sessions/{sessions[0].GetProperty("id").GetString()}"));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonElement[]> SessionsAsync(BridgeProcess bridge)
    {
        using var list = JsonDocument.Parse(await Http.GetStringAsync(await UrlAsync(bridge, "/sessions")));
        return [.. list.RootElement.GetProperty("sessions").EnumerateArray().Select(session => session.Clone())];
    }

    [GeneratedRegex(@"http://[\d.]+:\d+")]
    private static partial Regex Address();
}
