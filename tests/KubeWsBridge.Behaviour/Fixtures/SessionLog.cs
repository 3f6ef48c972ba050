using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>Finds a session in the log of a bridge that many tests share.</summary>
public static partial class SessionLog
{
    /// <summary>Waits for the line that says the client's session is open.</summary>
    public static async Task<LoggedSession> OpenedAsync(this BridgeProcess bridge, RawClient client)
    {
        var port = ((IPEndPoint)client.Socket.LocalEndPoint!).Port;
        var match = OpenedLine().Match(await bridge.LoggedAsync(
            $@"Session opened: .* for 127\.0\.0\.1 port {port} by ", since: client.ConnectedAt)); // the port may have been another client's before
        return new LoggedSession(match.Groups[1].Value, match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>Waits for the line that says everything of the session is gone, and returns it from "Session closed: " on.</summary>
    public static async Task<string> ClosedAsync(this BridgeProcess bridge, LoggedSession session)
    {
        var line = await bridge.LoggedAsync($@"\[{session.Id}\] Session closed: ");
        return line[(line.IndexOf("Session closed: ", StringComparison.Ordinal) + "Session closed: ".Length)..];
    }

    /// <summary>Waits for the line that says why the request for this path was refused, and returns it from the name on.</summary>
    public static async Task<string> RefusedAsync(this BridgeProcess bridge, string path)
    {
        var start = $"Refused 127.0.0.1 at {path}: ";
        var line = await bridge.LoggedAsync(Regex.Escape(start));
        return line[(line.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
    }

    /// <summary>Waits for a line the session's worker wrote on its stderr.</summary>
    public static Task<string> SaidAsync(this BridgeProcess bridge, LoggedSession session, string pattern) =>
        bridge.LoggedAsync($@"\[{session.Id}\] worker stderr: {pattern}");

    [GeneratedRegex(@"\[([0-9a-f-]{36})\] Session opened: .*, worker (?:(\d+)|elsewhere), ")]
    private static partial Regex OpenedLine();
}
