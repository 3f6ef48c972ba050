using System.Text.Json;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>What handlers and clients see when the workers are PHP-FPM's, beside what all launchers have in common (FastCgiLauncherTests).</summary>
public sealed class FpmWorkerTests(FpmFixture fixture) : IClassFixture<FpmFixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Fact]
    public async Task Echo_Messages_ComeBack()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/echo");
        await client.SendTextAsync("hello");
        Assert.Equal("hello", await client.ReadUntilAsync("hello"));

        var bulk = new byte[200_000];
        Random.Shared.NextBytes(bulk);
        await client.SendFrameAsync(2, bulk);
        Assert.Equal(bulk, await client.ReadDataAsync(bulk.Length));
        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
    }

    [Fact]
    public async Task Environment_Session_IsSeenInEveryWayAndTheBridgesIsNot()
    {
        var found = await EnvironmentAsync("/env/a%20b?x=1&y=%C3%A9", "X-Custom: value", "Cookie: a=b", "Proxy: evil");

        var id = found.GetProperty("getenv").GetString();
        Assert.Matches("^[0-9a-f-]{36}$", id);
        Assert.Equal(id, found.GetProperty("all").GetString());
        Assert.Equal(id, found.GetProperty("server").GetString());
        Assert.Equal(found.GetProperty("order").GetString()!.Contains('E', StringComparison.Ordinal) ? id : null, found.GetProperty("env").GetString());
        Assert.Equal(JsonValueKind.False, found.GetProperty("bridge").ValueKind);

        var variables = found.GetProperty("variables");
        string? Variable(string name) => variables.TryGetProperty(name, out var value) ? value.GetString() : null;
        Assert.Equal("/env/a%20b?x=1&y=%C3%A9", Variable("REQUEST_URI"));
        Assert.Equal(Variable("REQUEST_URI"), Variable("WSS_REQUEST_URI"));
        Assert.Equal("x=1&y=%C3%A9", Variable("QUERY_STRING"));
        Assert.Equal(("1", "é"), (found.GetProperty("get").GetProperty("x").GetString(), found.GetProperty("get").GetProperty("y").GetString()));
        Assert.Equal(("value", "a=b", null), (Variable("HTTP_X_CUSTOM"), Variable("HTTP_COOKIE"), Variable("HTTP_PROXY")));
        Assert.Equal(("127.0.0.1", "bridge.test", "GET"), (Variable("REMOTE_ADDR"), Variable("SERVER_NAME"), Variable("REQUEST_METHOD")));
        Assert.Equal("websocket", Variable("HTTP_UPGRADE"));
        Assert.Equal((BridgeProcess.Handler("FastCgi/env.php"), "/env.php"), (Variable("SCRIPT_FILENAME"), Variable("SCRIPT_NAME")));
    }

    [Fact]
    public async Task Log_MessageOfMoreLines_IsSplitIntoThem()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/log");
        var session = await _bridge.SessionOfAsync(client);

        await _bridge.LoggedAsync($@"\[{session}\] worker stderr: PHP message: first; words$");
        await _bridge.LoggedAsync($@"\[{session}\] worker stderr: PHP message: two$");
        await _bridge.LoggedAsync($@"\[{session}\] worker stderr: lines$");
    }

    [Theory]
    [InlineData("nothing", 1000, "worker-finished .*status 0")]
    [InlineData("http", 1011, "worker-failed .*status 255 .*500 Internal Server Error")]
    public async Task End_OfTheScript_DecidesTheCloseCode(string how, int code, string logged)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, $"/exit?how={how}");
        var session = await _bridge.SessionOfAsync(client);
        await client.SendTextAsync("!");

        Assert.Equal(code, (await client.ReadToCloseAsync()).Code);
        Assert.Matches(logged, await _bridge.EndOfAsync(session));
    }

    [Theory]
    [InlineData("/early", "worker-died.*status 255 .*503 Service Unavailable")]
    [InlineData("/fatal-early", "worker-died.*status 255 .*500 Internal Server Error")]
    [InlineData("/missing", "worker-died.*status 255 .*404 Not Found.*finds no script .*missing.php. --script must be the path as PHP-FPM sees it")]
    public async Task End_BeforeTheMeeting_IsRefusedAtOnceWithAdvice(string path, string logged)
    {
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, path);

        Assert.Equal(502, client.Status);
        Assert.Matches(logged, await _bridge.RefusedAsync(path));
    }

    [Fact]
    public async Task End_BeforeTheMeeting_HasItsWordsInTheLog()
    {
        await using var early = await RawClient.HandshakeAsync(_bridge.Port, "/early");
        await using var missing = await RawClient.HandshakeAsync(_bridge.Port, "/missing");

        await _bridge.LoggedAsync("worker stderr: PHP message: gives up");
        await _bridge.LoggedAsync("worker stderr: Primary script unknown");
    }

    [Fact]
    public async Task Start_Pool_SaysWhichSettingsMatter() =>
        Assert.Contains("request_terminate_timeout = 0", await _bridge.LoggedAsync("Workers come from the PHP-FPM pool at unix:.*: 8 workers, 0 kept free"), StringComparison.Ordinal);

    private async Task<JsonElement> EnvironmentAsync(string path, params string[] headers)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, path, headers);
        using var document = JsonDocument.Parse((await client.ReadToCloseAsync()).Data);
        return document.RootElement.Clone();
    }
}
