using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Tls;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>A certificate by http-01, from the first start on.</summary>
[Collection(AcmeCollection.Name)]
public sealed class Http01Tests(PlainPebble pebble) : IClassFixture<PlainPebble>, IDisposable
{
    private readonly AcmeSetup _setup = new(pebble.Server);

    private string[] ByHttp => [.. _setup.Ports, "--tls-acme-challenge", "http-01"];

    public void Dispose() => _setup.Dispose();

    [Fact]
    public async Task FirstStart_ServesSelfSignedThenTheOrderedOne_AndARestartOrdersNothing()
    {
        string serial;
        await using (var bridge = await _setup.StartAsync([.. ByHttp, "--management-address", "127.0.0.1:0"]))
        {
            await bridge.LoggedAsync($"warn  There is no certificate for {_setup.Name} in .* a self-signed one is shown");
            serial = await AcmeSetup.ServedAsync(bridge);
            Assert.Equal(serial, (await TlsBridge.ShownAsync(bridge)).SerialNumber);
            await AssertEchoAsync(bridge);
            await AssertToldToOperatorsAsync(bridge);
            Assert.Equal(404, await GetAsync(pebble.Server.HttpPort, "/"));
            Assert.Equal(404, await GetAsync(pebble.Server.HttpPort, "/.well-known/acme-challenge/unknown"));
            Assert.Empty(_setup.Stored("challenges"));
            Assert.Empty(_setup.Stored("orders"));
            Assert.Equal(0, await bridge.StopAsync());
        }

        await using var again = await _setup.StartAsync(ByHttp);
        Assert.Equal(serial, (await TlsBridge.ShownAsync(again)).SerialNumber);
        Assert.Equal(0, again.CountLogged("is ordered|self-signed"));
    }

    [Fact]
    public async Task ForceAcme_WithAGoodCertificate_OrdersAnotherAndServesTheOldOneMeanwhile()
    {
        string first;
        await using (var bridge = await _setup.StartAsync([.. ByHttp, "--tls-reuse-private-keys"]))
            first = await AcmeSetup.ServedAsync(bridge);
        await using var again = await _setup.StartAsync([.. ByHttp, "--tls-force-acme", "--tls-reuse-private-keys"]);
        Assert.Equal(first, await AcmeSetup.ServedAsync(again));
        await again.LoggedAsync($"Serving the certificate (?!{first})");
        Assert.Equal(0, again.CountLogged("self-signed"));
        Assert.Single(_setup.Stored("certificates").Where(file => file.EndsWith("key.pem", StringComparison.Ordinal)).Select(File.ReadAllText).Distinct());
    }

    [Fact]
    public async Task RedirectOnTheSamePort_AnswersChallengesAndRedirectsAllElse()
    {
        await using var bridge = await _setup.StartAsync([.. ByHttp, "--tls-redirect-port", $"{pebble.Server.HttpPort}"]);
        await AcmeSetup.ServedAsync(bridge);
        Assert.Equal(308, await GetAsync(pebble.Server.HttpPort, "/"));
        Assert.Equal(1, bridge.CountLogged("are redirected to TLS"));
    }

    [Fact]
    public async Task Authority_ThatIsDown_TakesNothingDownAndTheNextOneIsAsked()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync(["--tls-acme-directory", "https://127.0.0.1:1/dir", .. _setup.Options, .. ByHttp]);
        await bridge.LoggedAsync("warn  127.0.0.1 gave no certificate for");
        await AcmeSetup.ServedAsync(bridge);
        await AssertEchoAsync(bridge);
    }

    [Fact]
    public async Task EveryAuthorityDown_IsLoggedAndSessionsAreServed()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync(
            ["--tls-mode", "automate", "--tls-domain", "a.test", "--tls-acme-directory", "https://127.0.0.1:1/dir", "--tls-acme-state-dir", _setup.State,
                "--tls-acme-http-port", "0", "--tls-ready-needs-certificate", "--management-address", "127.0.0.1:0"]);
        await AssertEchoAsync(bridge);
        await bridge.LoggedAsync("error After 1 failed attempts in a row the next for a.test is made at .* there is none to serve yet");
        await AssertEchoAsync(bridge);
        using var http = new HttpClient();
        using var ready = await http.GetAsync(await Operator.UrlAsync(bridge, "/readyz?verbose"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("There is no certificate from an authority yet", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await bridge.StopAsync());
    }

    private static async Task AssertEchoAsync(BridgeProcess bridge)
    {
        await using var client = await TlsBridge.ConnectAsync(bridge);
        await client.UpgradeAsync("/echo");
        await client.SendTextAsync("hello");
        Assert.Equal("hello", Encoding.UTF8.GetString(await client.ReadDataAsync(5)));
    }

    private static async Task AssertToldToOperatorsAsync(BridgeProcess bridge)
    {
        using var http = new HttpClient();
        var ready = await http.GetFromJsonAsync<JsonElement>(await Operator.UrlAsync(bridge, "/readyz?verbose"));
        Assert.Equal("healthy", ready.GetProperty("checks").GetProperty("certificate").GetProperty("status").GetString());
        var metrics = await http.GetStringAsync(await Operator.UrlAsync(bridge, "/metrics"));
        foreach (var series in new[] { "kubewsbridge_certificates_not_after", "kubewsbridge_certificates_order_duration_seconds_bucket", "kubewsbridge_certificates_swaps" })
            Assert.Contains($"\n{series}", metrics, StringComparison.Ordinal);
    }

    private static async Task<int> GetAsync(int port, string path)
    {
        await using var client = await RawClient.TcpAsync(port);
        await client.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a.test\r\n\r\n"));
        await client.ReadResponseAsync();
        return client.Status;
    }
}
