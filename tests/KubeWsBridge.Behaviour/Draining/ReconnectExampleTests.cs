using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.PeerClients;

namespace KubeWsBridge.Behaviour.Draining;

/// <summary>The client of docs/drain.md, as it stands there.</summary>
public class ReconnectExampleTests
{
    // Shows what the example sees and what it waits; npm's ws stands for the browser's WebSocket.
    private const string Stage = """
        const WebSocketOfNpm = require(process.argv[2]);
        globalThis.WebSocket = class extends WebSocketOfNpm {
          constructor(url) { super(url); this.addEventListener('close', ({ reason }) => console.log(`closed ${reason}`)); }
        };
        const later = setTimeout;
        globalThis.setTimeout = (work, time) => { console.log(`waits ${time}`); return later(work, time); };

        """;

    [Fact]
    public async Task Example_BridgeDrainsAndAnotherTakesOver_ComesBackAfterTheTimeItWasGiven()
    {
        using var scratch = new Scratch();
        var script = scratch.File("client.cjs");
        await File.WriteAllTextAsync(script, Stage + Example() + "\nconnect(process.argv[3], socket => socket.send('here'));\n");
        await using var bridge = await BridgeProcess.StartWithHandlersAsync();
        using var client = Start(script, $"{bridge.Url}/echo");
        try
        {
            await bridge.LoggedAsync("Session opened");

            Assert.Equal(0, await bridge.StopAsync());
            await using var next = await BridgeProcess.StartWithHandlersAsync("--ws-port", bridge.Port.ToString(CultureInfo.InvariantCulture));
            await next.LoggedAsync("Session opened");
        }
        finally
        {
            client.Kill();
        }

        var said = await client.StandardOutput.ReadToEndAsync();
        var retry = Regex.Match(said, @"closed The server is going away; reconnect\. retry=(\d+)").Groups[1].Value;
        Assert.Matches(@"^\d+$", retry);
        Assert.Contains($"waits {retry}\n", said, StringComparison.Ordinal);
    }

    private static string Example()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "drain.md"));
        return Regex.Match(page, "```js\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
    }

    private static Process Start(string script, string url)
    {
        var module = PeerFolder.File("node", "node_modules", "ws");
        Assert.True(Directory.Exists(module), $"The tests need the npm package 'ws'. Run 'npm ci' in {PeerFolder.File("node")} (tests/run.sh does).");
        return Process.Start(new ProcessStartInfo(Fixtures.Peers.Find("node", "apt-get install nodejs npm"), [script, module, url])
        {
            RedirectStandardOutput = true,
        })!;
    }
}
