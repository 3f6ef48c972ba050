using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>Listeners with and without TLS side by side.</summary>
public sealed class ListenerTests
{
    [Fact]
    public async Task PlainAndTls_SideBySide_ServeTheSame()
    {
        await using var bridge = await StartAsync();
        await using var plain = await RawClient.ConnectAsync(await PortAsync(bridge, "ws"), "/echo");
        await using var encrypted = await RawClient.TlsAsync(await PortAsync(bridge, "wss"), TlsBridge.Client());
        await encrypted.UpgradeAsync("/echo");
        foreach (var client in new[] { plain, encrypted })
        {
            await client.SendTextAsync("hello");
            Assert.Equal("hello", Encoding.UTF8.GetString(await client.ReadDataAsync(5)));
        }

        Assert.DoesNotContain("WSS_TLS", (await DumpAsync(await PortAsync(bridge, "ws"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /page?x=%20y HTTP/1.1\r\nHost: a.test:81\r\n\r\n", "https://a.test:{0}/page?x=%20y")]
    [InlineData("POST /form HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n", "https://a.test:{0}/form")]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1]:81\r\n\r\n", "https://[::1]:{0}/")]
    public async Task Redirect_AnyRequest_IsSentToTls(string request, string location)
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.TcpAsync(await RedirectPortAsync(bridge));
        await client.SendAsync(Encoding.ASCII.GetBytes(request));
        await client.ReadResponseAsync();

        Assert.Equal(308, client.Status);
        var expected = string.Format(CultureInfo.InvariantCulture, location, await PortAsync(bridge, "wss"));
        Assert.Contains($"Location: {expected}\r\n", client.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_Handshake_StartsNoWorkerAndIsSentToWss()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.HandshakeAsync(await RedirectPortAsync(bridge), "/echo");

        Assert.Equal(308, client.Status);
        Assert.Contains($"Location: wss://bridge.test:{await PortAsync(bridge, "wss")}/echo\r\n", client.Response, StringComparison.Ordinal);
        Assert.Equal(0, bridge.CountLogged("Session opened"));
    }

    private static async Task<string> DumpAsync(int port)
    {
        await using var client = await RawClient.ConnectAsync(port, "/dump");
        return Encoding.UTF8.GetString((await client.ReadToEndAsync()).Data);
    }

    private static async Task<int> PortAsync(BridgeProcess bridge, string scheme) => Port(await bridge.LoggedAsync($"listening on {scheme}://"), @"://\S+:(\d+)");

    private static async Task<int> RedirectPortAsync(BridgeProcess bridge) => Port(await bridge.LoggedAsync("are redirected to TLS"), @"http://\S+:(\d+)");

    private static int Port(string line, string pattern) => int.Parse(Regex.Match(line, pattern).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static Task<BridgeProcess> StartAsync()
    {
        var file = HandlerRoutes.Write(
            "tlsMode: internal\nlisteners:\n- port: 0\n  tls: true\n- port: 0\n- port: 0\n  redirect: true\n");
        return BridgeProcess.StartAsync(["--config", file]);
    }
}
