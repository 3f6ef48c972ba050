using System.Net;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>Finds sessions in the log by their client, for workers without a process id.</summary>
public static partial class FpmSession
{
    /// <summary>Waits for the line that says the client's session is open, and returns its id.</summary>
    public static async Task<string> SessionOfAsync(this BridgeProcess bridge, RawClient client)
    {
        var port = ((IPEndPoint)client.Socket.LocalEndPoint!).Port;
        var line = await bridge.LoggedAsync($@"Session opened: .* for 127\.0\.0\.1 port {port} by fastcgi, worker elsewhere, ");
        return Id().Match(line).Groups[1].Value;
    }

    /// <summary>Waits for the line that says the session has ended.</summary>
    public static Task<string> EndOfAsync(this BridgeProcess bridge, string session) => bridge.LoggedAsync($@"\[{session}\] Session closed: ");

    [GeneratedRegex(@"\[([0-9a-f-]{36})\]")]
    private static partial Regex Id();
}
