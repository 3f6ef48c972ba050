using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Management;

/// <summary>The operator's port of the real program: probes, metrics, sessions.</summary>
public sealed partial class ManagementTests : IDisposable
{
    private readonly HttpClient _http = new();

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Probes_WhileServing_AreHealthy()
    {
        await using var bridge = await StartAsync();

        foreach (var probe in new[] { "/livez", "/readyz", "/startupz" })
            Assert.Equal((HttpStatusCode.OK, "healthy\n"), await GetAsync(bridge, probe));
    }

    [Fact]
    public async Task Readyz_Verbose_TellsOfEveryCheck()
    {
        await using var bridge = await StartAsync("--max-connections", "1");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");

        var (status, text) = await GetAsync(bridge, "/readyz?verbose");

        Assert.Equal(HttpStatusCode.OK, status); // full, but a reason to look and not to leave
        var checks = JsonDocument.Parse(text).RootElement.GetProperty("checks");
        Assert.Equal("healthy", checks.GetProperty("listener").GetProperty("status").GetString());
        Assert.Equal("healthy", checks.GetProperty("launcher").GetProperty("status").GetString());
        Assert.Equal("healthy", checks.GetProperty("drain").GetProperty("status").GetString());
        Assert.Equal("degraded", checks.GetProperty("capacity").GetProperty("status").GetString());
        Assert.Equal("1", checks.GetProperty("capacity").GetProperty("data").GetProperty("sessions").GetString());
    }

    [Fact]
    public async Task Readyz_WhileDraining_Is503AndLivezIsNot()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        await bridge.OpenedAsync(client);

        bridge.Signal(15);
        await bridge.LoggedAsync("Draining 1 sessions");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(bridge, "/readyz")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(bridge, "/livez")).Status);
    }

    [Fact]
    public async Task Metrics_OfALivingSession_ShowWhatItCarries()
    {
        await using var bridge = await StartAsync("--max-connections", "17");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await using var refused = await RawClient.HandshakeAsync(bridge.Port, "/nowhere");
        await client.SendTextAsync("seven b");

        Assert.Contains("kubewsbridge_io_bytes_total{direction=\"received\"} 7", await MetricsAsync(bridge, "direction=\"received\""), StringComparison.Ordinal);
        var text = Unscoped(await MetricsAsync(bridge, "kubewsbridge_refusals_connections_total|kubewsbridge_refusals_total"));
        Assert.Contains("kubewsbridge_sessions{state=\"open\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("kubewsbridge_sessions{state=\"launching\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("kubewsbridge_sessions_limit 17", text, StringComparison.Ordinal);
        Assert.Contains("{name=\"no-route\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("kubewsbridge_launch_duration_seconds_count{launcher=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfThePageInTheDocs_AreExportedByTheirNames()
    {
        await using var bridge = await StartAsync("--drain-delay", "1h");
        await using (var client = await RawClient.ConnectAsync(bridge.Port, "/echo"))
        {
            await client.SendTextAsync("there");
            Assert.Equal("there"u8.ToArray(), await client.ReadDataAsync(5));
        }

        await using var refused = await RawClient.HandshakeAsync(bridge.Port, "/nowhere");
        await bridge.DrainAsync(HttpMethod.Post);
        await bridge.DrainAsync(HttpMethod.Delete);
        await bridge.LoggedAsync("Session closed");

        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "metrics.md"));
        var names = PageNames().Matches(page).Select(match => match.Groups[1].Value)
            .Where(name => !name.StartsWith("kubewsbridge_certificates_", StringComparison.Ordinal)).ToArray(); // there is none here
        var text = await MetricsAsync(bridge, "kubewsbridge_sessions_ended");

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Matches($"(?m)^{name}(_bucket)?[ {{]", text));
    }

    [Fact]
    public async Task Sessions_ListedAndEnded_ClientIsToldToReconnect()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo/somewhere?secret=1");
        await using var other = await RawClient.ConnectAsync(bridge.Port, "/echo");
        var opened = await bridge.OpenedAsync(client);

        var list = JsonDocument.Parse((await GetAsync(bridge, "/sessions")).Text).RootElement;
        var session = list.GetProperty("sessions").EnumerateArray().Single(row => row.GetProperty("path").GetString() == "/echo/somewhere");
        Assert.Equal(2, list.GetProperty("count").GetInt32());
        Assert.Equal("open", session.GetProperty("state").GetString());
        Assert.Equal(opened.WorkerId, session.GetProperty("workerProcessId").GetInt32());
        Assert.DoesNotContain("secret", session.ToString(), StringComparison.Ordinal);

        using var ended = await _http.DeleteAsync(await Operator.UrlAsync(bridge, $"/sessions/{session.GetProperty("id").GetString()}"));
        var ending = await client.ReadToCloseAsync();

        Assert.Equal(HttpStatusCode.Accepted, ended.StatusCode);
        Assert.Equal((1001, "The server ended this connection; reconnect."), (ending.Code, ending.Reason));
        using var again = await _http.DeleteAsync(await Operator.UrlAsync(bridge, $"/sessions/{Guid.NewGuid()}"));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Sessions_AskedByAPage_AreNotShown()
    {
        await using var bridge = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, await Operator.UrlAsync(bridge, "/sessions"));
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Address_Taken_EndsTheStartOnlyIfAskedFor()
    {
        await using var first = await StartAsync();
        var taken = new Uri(await Operator.UrlAsync(first, "/")).Authority;

        await using var second = BridgeProcess.Launch(
            ["--ws-host", "127.0.0.1", "--ws-port", "0", "--config", HandlerRoutes.Write(), "--management-address", taken]);

        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains($"--management-address {taken}", second.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Healthcheck_OfARunningBridge_Is0AndOfNoneIs1()
    {
        await using var bridge = await StartAsync();
        var address = new Uri(await Operator.UrlAsync(bridge, "/")).Authority;

        await using (var check = BridgeProcess.Launch(["healthcheck", "--management-address", address]))
        {
            Assert.Equal(0, await check.ExitAsync());
            Assert.Contains(check.Output, line => line.Contains("\"status\": \"healthy\"", StringComparison.Ordinal));
        }

        await using var none = BridgeProcess.Launch(["healthcheck", "--management-address", "127.0.0.1:9"]);
        Assert.Equal(1, await none.ExitAsync());
        Assert.Contains("nobody answers at 127.0.0.1:9", none.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthcheckAndDrain_AfterAMistakeInTheFile_StillReachTheBridge()
    {
        var file = HandlerRoutes.Write();
        await using var bridge = await BridgeProcess.StartAsync(["--config", file, .. Operator.Options]);
        var environment = new Dictionary<string, string>
        {
            ["WSS_CONFIG_FILE"] = file,
            ["WSS_CONFIG_MANAGEMENT_ADDRESS"] = new Uri(await Operator.UrlAsync(bridge, "/")).Authority,
        };
        await File.AppendAllTextAsync(file, "maxConnections: many\n");

        await using (var check = BridgeProcess.Launch(["healthcheck"], environment))
            Assert.True(await check.ExitAsync() == 0, check.Log);
        await using (var drain = BridgeProcess.Launch(["drain", "--wait"], environment))
            Assert.True(await drain.ExitAsync() == 0, drain.Log);

        Assert.Equal(0, await bridge.ExitAsync());
    }

    [Fact]
    public async Task IdleConnections_MoreThanOpenFiles_KeepNeitherProbesNorClientsOut()
    {
        await using var bridge = await BridgeProcess.StartLimitedAsync(512, ["--config", HandlerRoutes.Write(), .. Operator.Options]);
        var port = new Uri(await Operator.UrlAsync(bridge, "/")).Port;
        var idle = Enumerable.Range(0, 700).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToArray();
        try
        {
            await Task.WhenAll(idle.Select(async socket =>
            {
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, port);
                }
                catch (SocketException)
                {
                    // It had to make room already.
                }
            }));

            await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
            await client.SendTextAsync("there");
            Assert.Equal("there"u8.ToArray(), await client.ReadDataAsync(5));
            Assert.Equal((HttpStatusCode.OK, "healthy\n"), await GetAsync(bridge, "/livez"));
            Assert.DoesNotContain("Too many open files", bridge.Log, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var socket in idle)
                socket.Dispose();
        }
    }

    private static Task<BridgeProcess> StartAsync(params string[] options) =>
        BridgeProcess.StartWithHandlersAsync([.. Operator.Options, .. options]);

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(BridgeProcess bridge, string path)
    {
        using var answer = await _http.GetAsync(await Operator.UrlAsync(bridge, path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The clock brings them up to date once a second.</summary>
    private async Task<string> MetricsAsync(BridgeProcess bridge, string pattern)
    {
        var text = "";
        await Eventually.IsTrueAsync(
            async () => Regex.IsMatch(text = Unscoped((await GetAsync(bridge, "/metrics")).Text), pattern), () => $"no {pattern} in\n{text}");
        return text;
    }

    private static string Unscoped(string text) => ScopeLabels().Replace(text, match => match.Groups[1].Success ? "{" : "");

    [GeneratedRegex("(?m)^\\| `(\\w+)` ")]
    private static partial Regex PageNames();

    [GeneratedRegex(@"\{otel_scope_name=""KubeWsBridge""(?:\}|(,))")]
    private static partial Regex ScopeLabels();
}
