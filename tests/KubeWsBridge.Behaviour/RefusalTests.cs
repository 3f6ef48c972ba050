using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Behaviour;

/// <summary>Every row of the table of refusals, provoked before the upgrade and after it, wherever it can come.</summary>
public sealed class RefusalTests(RefusalTests.Fixture fixture) : IClassFixture<RefusalTests.Fixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    public static TheoryData<string> BeforeTheUpgrade => [.. Refusals.All.Where(row => row.HttpStatus is not null).Select(row => row.Name)];

    public static TheoryData<string> AfterTheUpgrade => [.. Refusals.All.Where(row => row.CloseCode is not null).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(BeforeTheUpgrade))]
    public async Task Refusal_BeforeTheUpgrade_IsAnHttpAnswerAndALogLine(string name)
    {
        var row = Refusals.All.Single(row => row.Name == name);
        await using var scene = await SetBeforeAsync(name);

        await using var client = await RawClient.TcpAsync(scene.Bridge.Port);
        await client.SendAsync(scene.Request);
        if (scene.WhileWaiting is { } act)
            await act();
        await client.ReadResponseAsync();

        Assert.Equal(row.HttpStatus, client.Status);
        var headers = Headers(client.Response);
        Assert.StartsWith(row.Reason + "\n", await BodyAsync(client, headers), StringComparison.Ordinal);
        Assert.Equal(row.Retry == RetryAdvice.Soon, headers.ContainsKey("retry-after"));
        if (row.Retry == RetryAdvice.Soon)
            Assert.InRange(int.Parse(headers["retry-after"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("no-store", headers["cache-control"]);
        Assert.Contains("close", headers["connection"], StringComparison.Ordinal);
        Assert.Contains(row.Advice, await scene.Bridge.RefusedAsync(scene.Path), StringComparison.Ordinal);
        Assert.StartsWith(name + ". ", await scene.Bridge.RefusedAsync(scene.Path), StringComparison.Ordinal);
        Assert.Null(await client.ReadExactlyAsync(1));
    }

    [Theory]
    [MemberData(nameof(AfterTheUpgrade))]
    public async Task Refusal_AfterTheUpgrade_IsACloseFrameAndALogLine(string name)
    {
        var row = Refusals.All.Single(row => row.Name == name);
        await using var scene = await SetAfterAsync(name);
        await using var client = await RawClient.ConnectAsync(scene.Bridge.Port, scene.Path + scene.Query);
        var session = scene.Launches ? await scene.Bridge.OpenedAsync(client) : null;

        if (scene.WhileOpen is { } act)
            await act(client);
        var frame = await client.ReadFrameAsync();
        while (frame is { Opcode: not 8 })
            frame = await client.ReadFrameAsync();

        Assert.Equal((row.CloseCode, row.Reason), (frame?.CloseCode, frame?.CloseReason.Split(" retry=")[0]));
        await client.TrySendAsync(RawClient.Frame(8, frame!.Payload));
        Assert.Null(await client.ReadExactlyAsync(1));
        if (session is null)
            Assert.StartsWith(name + ". ", await scene.Bridge.RefusedAsync(scene.Path), StringComparison.Ordinal);
        else
            Assert.StartsWith($"{name} ({row.CloseCode})", await scene.Bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    /// <summary>A bridge in which the refusal is due, and the request that gets it.</summary>
    private async Task<Scene> SetBeforeAsync(string name)
    {
        var path = Tag.Path("echo");
        var good = RawClient.Handshake(path);
        switch (name)
        {
            case "not-websocket":
                return Scene.Shared(_bridge, path, WorkerlessRequest($"GET {path} HTTP/1.1", "Host: x"));
            case "bad-handshake":
                return Scene.Shared(_bridge, path, WorkerlessRequest(
                    $"GET {path} HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: short"));
            case "unsupported-version":
                return Scene.Shared(_bridge, path, WorkerlessRequest(
                    $"GET {path} HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 8",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            case "no-route":
                path = Tag.Path("nowhere");
                return Scene.Shared(_bridge, path, RawClient.Handshake(path));
            case "origin-not-allowed":
                return Scene.Own(await StartAsync("--origin", "https://example.com"), path, RawClient.Handshake(path, "Origin: https://evil.test"));
            case "draining":
                {
                    // A worker that ignores its end keeps the drain going.
                    var bridge = await StartAsync("--worker-grace", "1h", "--drain-timeout", "1h", "--tail-timeout", "50ms");
                    var held = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
                    await held.ReadUntilAsync("ready");
                    bridge.Signal(15);
                    await bridge.LoggedAsync("Draining 1 sessions");
                    return Scene.Own(bridge, path, good, held);
                }
            case "connection-limit":
                return await FullAsync("--max-connections", "1");
            case "worker-limit":
                return await FullAsync("--max-processes", "1");
            case "memory-limit":
                return Scene.Own(await StartAsync("--max-processes", "auto", "--worker-memory", "1024g"), path, good);
            case "address-limit":
                return await FullAsync("--max-connections-per-address", "1");
            case "address-rate":
                return await FullAsync("--connect-rate", "0.05");
            case "headers-too-large":
                return Scene.Shared(_bridge, path, RawClient.Handshake(path, [.. Enumerable.Range(0, 20).Select(i => $"X-{i}: {new string('"', 4000)}")]));
            case "launch-failed":
                return await LostProgramAsync(path, good);
            case "worker-died":
                path = Tag.Path("exit-early");
                return Scene.Shared(_bridge, path, RawClient.Handshake(path));
            case "connect-timeout":
                path = Tag.Path("never-connect");
                return Scene.Own(await StartAsync("--php-connect-timeout", "300ms"), path, RawClient.Handshake(path));
            case "rejected-by-worker":
                path = Tag.Path("messages");
                return Scene.Shared(_bridge, path, RawClient.Handshake(path + "?hello=reject%20403"));
            case "bad-hello":
                path = Tag.Path("messages");
                return Scene.Shared(_bridge, path, RawClient.Handshake(path + "?hello=nonsense"));
            case "connection-timeout":
                path = Tag.Path("never-connect");
                return Scene.Own(await StartAsync("--connection-timeout", "300ms"), path, RawClient.Handshake(path));
            case "worker-timeout":
                path = Tag.Path("never-connect");
                return Scene.Own(await StartAsync("--php-timeout", "300ms"), path, RawClient.Handshake(path));
            case "ended-by-operator":
                {
                    var bridge = await StartAsync(Operator.Options);
                    path = Tag.Path("never-connect");
                    return Scene.Own(bridge, path, RawClient.Handshake(path)) with { WhileWaiting = () => Operator.EndTheSessionAsync(bridge) };
                }

            default:
                throw new InvalidOperationException($"'{name}' has no test of its HTTP answer; write one.");
        }

        async Task<Scene> FullAsync(params string[] arguments)
        {
            var bridge = await StartAsync(arguments);
            var held = await RawClient.ConnectAsync(bridge.Port, "/echo");
            return Scene.Own(bridge, path, good, held);
        }
    }

    private async Task<Scene> SetAfterAsync(string name)
    {
        var path = Tag.Path("echo");
        switch (name)
        {
            case "draining":
                {
                    var bridge = await StartAsync();
                    return Scene.Own(bridge, path) with { WhileOpen = _ => Do(() => bridge.Signal(15)) };
                }
            case "launch-failed":
                return (await LostProgramAsync(path, [], "--upgrade", "early")) with { Launches = false };
            case "worker-died":
                path = Tag.Path("exit-early");
                return Scene.Own(await StartAsync("--upgrade", "early"), path) with { Launches = false };
            case "connect-timeout":
                path = Tag.Path("never-connect");
                return Scene.Own(await StartAsync("--upgrade", "early", "--php-connect-timeout", "300ms"), path) with { Launches = false };
            case "rejected-by-worker":
                path = Tag.Path("messages");
                return Scene.Own(await StartAsync("--upgrade", "early"), path) with { Launches = false, Query = "?hello=reject%20403" };
            case "bad-hello":
                path = Tag.Path("messages");
                return Scene.Own(await StartAsync("--upgrade", "early"), path) with { Launches = false, Query = "?hello=nonsense" };
            case "framing-error":
                path = Tag.Path("messages");
                return Scene.Shared(_bridge, path, []) with { WhileOpen = client => client.SendTextAsync("!raw nonsense") };
            case "protocol-error":
                return Scene.Shared(_bridge, path, []) with { WhileOpen = client => client.SendAsync(RawClient.Frame(3, [])) };
            case "invalid-payload":
                return Scene.Shared(_bridge, path, []) with { WhileOpen = client => client.SendFrameAsync(1, [0xC0]) };
            case "message-too-big":
                return Scene.Shared(_bridge, path, []) with { WhileOpen = client => client.SendFrameAsync(2, new byte[2_000_001]) };
            case "heartbeat-timeout":
                return Scene.Own(await StartAsync("--heartbeat-interval", "300ms"), path);
            case "connection-timeout":
                return Scene.Own(await StartAsync("--connection-timeout", "1"), path);
            case "worker-timeout":
                return Scene.Own(await StartAsync("--php-timeout", "1"), path);
            case "worker-failed":
                path = Tag.Path("exit") + "?code=3";
                return Scene.Shared(_bridge, path, []) with { WhileOpen = client => client.SendTextAsync("!") };
            case "ended-by-operator":
                {
                    var bridge = await StartAsync(Operator.Options);
                    return Scene.Own(bridge, path) with { WhileOpen = _ => Operator.EndTheSessionAsync(bridge) };
                }

            default:
                throw new InvalidOperationException($"'{name}' has no test of its close frame; write one.");
        }
    }

    private static Task<BridgeProcess> StartAsync(params string[] arguments) =>
        BridgeProcess.StartWithHandlersAsync(["--worker-grace", "300ms", "--terminate-grace", "300ms", .. arguments]);

    private static async Task<Scene> LostProgramAsync(string path, byte[] request, params string[] arguments)
    {
        using var scratch = new Scratch();
        var program = scratch.Script("php", "exit 0");
        return Scene.Own(
            await BridgeProcess.StartAsync(["--php-executable", program, "--script", BridgeProcess.Handler("echo.php"), .. arguments]), path, request);
    }

    private static byte[] WorkerlessRequest(params string[] lines) => System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n", [.. lines, "", ""]));

    private static Dictionary<string, string> Headers(string response) => response.Split("\r\n").Skip(1).Where(line => line.Length > 0)
        .Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);

    private static async Task<string> BodyAsync(RawClient client, Dictionary<string, string> headers)
    {
        var body = new List<byte>();
        if (headers.TryGetValue("content-length", out var length))
            return System.Text.Encoding.UTF8.GetString((await client.ReadExactlyAsync(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)))!);
        Assert.Equal("chunked", headers["transfer-encoding"]);
        while (true)
        {
            var size = "";
            while (!size.EndsWith("\r\n", StringComparison.Ordinal))
                size += (char)(await client.ReadExactlyAsync(1))![0];
            var count = Convert.ToInt32(size.Trim(), 16);
            var chunk = (await client.ReadExactlyAsync(count + 2))!;
            if (count == 0)
                return System.Text.Encoding.UTF8.GetString([.. body]);
            body.AddRange(chunk[..count]);
        }
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    public sealed class Fixture() : BridgeFixture("--max-payload-size", "2000000");

    /// <summary>What a test needs: the bridge, what to ask it, and what to do meanwhile.</summary>
    private sealed record Scene(BridgeProcess Bridge, string Path, byte[] Request, bool Owned, RawClient? Held) : IAsyncDisposable
    {

        /// <summary>What happens once the session is open.</summary>
        public Func<RawClient, Task>? WhileOpen { get; init; }

        /// <summary>What happens while the request waits for its answer.</summary>
        public Func<Task>? WhileWaiting { get; init; }

        /// <summary>What follows the path in the request, but not in the log.</summary>
        public string Query { get; init; } = "";

        /// <summary>Whether there is a session to find in the log.</summary>
        public bool Launches { get; init; } = true;

        public static Scene Shared(BridgeProcess bridge, string path, byte[] request) => new(bridge, path, request, false, null);

        public static Scene Own(BridgeProcess bridge, string path, byte[]? request = null, RawClient? held = null) => new(bridge, path, request ?? [], true, held);

        public async ValueTask DisposeAsync()
        {
            if (Held is not null)
                await Held.DisposeAsync();
            if (Owned)
                await Bridge.DisposeAsync();
        }
    }
}
