using System.Text.Json;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>What handlers and clients see when the workers are PHP-FPM's.</summary>
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
    public async Task Environment_OfAnFpmWorker_DiffersWhereTheDocumentSaysSo()
    {
        var found = await EnvironmentAsync("/env");

        Assert.Equal("fpm-fcgi", found.GetProperty("sapi").GetString());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("argv").ValueKind);
        Assert.Equal(JsonValueKind.False, found.GetProperty("stderr").ValueKind);
        Assert.Equal("", found.GetProperty("stdin").GetString());
        Assert.Equal(Path.GetDirectoryName(BridgeProcess.Handler("FastCgi/env.php")), found.GetProperty("directory").GetString());
    }

    [Fact]
    public async Task Headers_NearlyARecord_ComeWholeAndMoreAreRefused()
    {
        static string[] Lines(int size) => [.. Enumerable.Range(0, 4).Select(number => $"X-Big-{number}: {new string('b', size)}")];

        var found = await EnvironmentAsync("/env", Lines(16_000));
        Assert.Equal(16_000, found.GetProperty("variables").GetProperty("HTTP_X_BIG_3").GetString()!.Length);
        using var headers = JsonDocument.Parse(found.GetProperty("variables").GetProperty("WSS_REQUEST_HEADERS").GetString()!);
        Assert.Equal(new string('b', 16_000), headers.RootElement.GetProperty("x-big-0").GetString());

        // All of them stand in one variable, and a variable must fit into one record of 65,535 bytes.
        await using var more = await RawClient.HandshakeAsync(_bridge.Port, "/env", Lines(16_500));
        Assert.Equal(431, more.Status);
        Assert.Contains("WSS_REQUEST_HEADERS does not fit into a FastCGI record", await _bridge.LoggedAsync("headers-too-large"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stdout_Printed_ReachesTheClientAtOnceWithoutHttpHeaders()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/stdout");
        await client.SendTextAsync("one");
        Assert.Equal("<one>", await client.ReadUntilAsync("<one>"));
        await client.SendTextAsync("two");
        Assert.Equal("<two>", await client.ReadUntilAsync("<two>"));
    }

    [Fact]
    public async Task Log_PhpMessages_AreLinesOfTheSession()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/log");
        var session = await _bridge.SessionOfAsync(client);

        await _bridge.LoggedAsync($@"\[{session}\] worker stderr: PHP message: first; words$");
        await _bridge.LoggedAsync($@"\[{session}\] worker stderr: PHP message: two$");
        await _bridge.LoggedAsync($@"\[{session}\] worker stderr: lines$");
        await _bridge.LoggedAsync($@"\[{session}\] worker stderr: PHP message: PHP Warning:  a warning of ours in .*log\.php");

        // Descriptor 2 is PHP-FPM's own.
        await Eventually.IsTrueAsync(() => fixture.Fpm.Log.Contains("straight to descriptor 2", StringComparison.Ordinal), () => fixture.Fpm.Log);
        Assert.Equal(0, _bridge.CountLogged("straight to descriptor 2"));
    }

    [Theory]
    [InlineData("nothing", 1000, "worker-finished .*status 0")]
    [InlineData("status", 1000, "worker-finished .*status 0")] // PHP-FPM has no exit statuses
    [InlineData("fatal", 1011, "worker-failed .*status 255 .*500 Internal Server Error")]
    [InlineData("http", 1011, "worker-failed .*status 255 .*500 Internal Server Error")]
    [InlineData("kill", 1011, "worker-failed .*its worker was killed")]
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
    public async Task Script_WithAShebangLine_IsNoneForFpm()
    {
        // Only PHP's command line skips the line; the document says so.
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, "/shebang");

        Assert.Equal(502, client.Status);
        await _bridge.LoggedAsync("worker stderr: PHP message: PHP Fatal error:  strict_types declaration must be the very first statement");
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
