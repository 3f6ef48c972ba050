using System.Diagnostics;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Demo;

/// <summary>The demo as a person meets it: the page in a real browser, talking to a worker through the bridge.</summary>
public class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Page_InChromium_TalksToPhp()
    {
        await using var bridge = await BridgeProcess.StartAsync(["demo"]);

        Assert.Equal("", await DriveAsync(bridge.Port, "PHP"));
        Assert.Contains(bridge.Output, line => line.Contains($"http://127.0.0.1:{bridge.Port}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_NoPhpOnTheMachine_TalksToTheBuiltInWorker()
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/nowhere" };
        await using var bridge = await BridgeProcess.StartAsync(["demo"], environment);

        Assert.Equal("", await DriveAsync(bridge.Port, "built-in"));
    }

    [Fact]
    public async Task Page_OtherPaths_AreNotServed()
    {
        await using var bridge = await BridgeProcess.StartAsync(["demo"]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{bridge.Port}") };

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync("/etc/passwd")).StatusCode);
        var page = await http.GetAsync("/");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    /// <summary>Runs demo-page.mjs, which prints what it finds wrong.</summary>
    private static async Task<string> DriveAsync(int port, string runtime)
    {
        var script = Path.Combine(Repository.Root, "tests", "KubeWsBridge.Behaviour", "Peers", "node", "demo-page.mjs");
        var profile = Directory.CreateTempSubdirectory("kwb-chromium-");
        var info = new ProcessStartInfo(Peers.Find("node", "apt-get install nodejs"))
        {
            ArgumentList = { script, $"http://127.0.0.1:{port}/", Peers.Find("chromium", "apt-get install chromium"), profile.FullName, runtime },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var node = Process.Start(info)!;
            var output = node.StandardOutput.ReadToEndAsync();
            var errors = node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync().WaitAsync(Patience);
            return await output + await errors;
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}
