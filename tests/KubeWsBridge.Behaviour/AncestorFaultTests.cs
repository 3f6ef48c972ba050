using System.Globalization;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>What the Rust server this one follows gets wrong, fault by fault (DESIGN section 8a); other classes test each of them more closely.</summary>
public sealed class AncestorFaultTests(AncestorFaultTests.Fixture fixture) : IClassFixture<AncestorFaultTests.Fixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Fact]
    public async Task TailOfAHandlerThatWritesAndExits_IsLost_NotHere()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/exit?bytes=2000000");

        await client.SendTextAsync("!");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((2_000_000, 1000), (ending.Data.Length, ending.Code));
    }

    [Fact]
    public async Task TailForAClientThatSendsAndCloses_IsLost_NotHere()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/last-words?bytes=500000");
        var session = await _bridge.OpenedAsync(client);

        await client.SendAsync([.. RawClient.Frame(2, new byte[100_000]), .. RawClient.Frame(8, RawClient.ClosePayload(1000))]);
        var (data, code) = await client.ReadToEndAsync();

        Assert.Equal((500_010, 1000), (data.Length, code)); // "got 100000" is the answer's end
        Assert.EndsWith("worker ended with status 0.", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CloseFrame_IsNeverAnswered_NotHere()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/echo");

        await client.SendCloseAsync(4321);

        Assert.Equal(4321, (await client.ReadFrameAsync())?.CloseCode);
    }

    [Fact]
    public async Task Sigterm_EndsAtOnceAndOrphansHandlers_NotHere()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/collect");
        var session = await bridge.OpenedAsync(client);
        await client.SendTextAsync("saved before the end");
        await client.WaitUntilTakenAsync();

        bridge.Signal(15);

        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
        Assert.Equal(0, await bridge.ExitAsync());
        await bridge.SaidAsync(session, "read 20 bytes ");
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Sigint_WaitsTellingNobody_NotHere()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--drain-timeout", "1h");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");

        bridge.Signal(2);

        // The client does nothing to end the wait but what a browser does.
        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
        Assert.Equal(0, await bridge.ExitAsync());
    }

    [Theory]
    [InlineData("--max-connections")]
    [InlineData("--max-processes")]
    public async Task OverALimit_The101IsFollowedByNothing_NotHere(string limit)
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", limit, "1");
        await using var first = await RawClient.ConnectAsync(bridge.Port);

        await using var second = await RawClient.HandshakeAsync(bridge.Port);

        Assert.Equal(503, second.Status);
    }

    [Fact]
    public async Task SilentConnections_HoldPlaces_NotHere()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--max-connections", "1", "--header-timeout", "1s");
        await using var silent = await RawClient.TcpAsync(bridge.Port);

        await using var client = await RawClient.ConnectAsync(bridge.Port);

        Assert.Null(await silent.ReadExactlyAsync(1));
    }

    [Fact]
    public async Task MissingPhp_LooksLikeEndOfFile_NotHere()
    {
        using var scratch = new Scratch();
        var program = scratch.Script("php", "exit 0");
        await using var bridge = await BridgeProcess.StartAsync(["--php-executable", program, "--script", BridgeProcess.Handler("echo.php")]);
        File.Delete(program);

        await using var client = await RawClient.HandshakeAsync(bridge.Port);

        Assert.Equal(502, client.Status);
    }

    [Fact]
    public async Task ConnectTimeout_LooksLikeEndOfFile_NotHere()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--php-connect-timeout", "1");

        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/never-connect");

        Assert.Equal(504, client.Status);
    }

    [Fact]
    public async Task PhpTimeout_LooksLikeEndOfFile_NotHere()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--php-timeout", "1");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1011, "The worker's time is over."), (ending.Code, ending.Reason));
    }

    [Fact]
    public async Task DuplicateHeaders_KeepOnlyTheLast_NotHere()
    {
        var dump = await WorkerDump.GetAsync(_bridge, "/dump", "X-List: one", "X-List: two", "X-List: three");

        Assert.Equal("one, two, three", dump.Headers["x-list"]);
    }

    [Fact]
    public async Task NonAsciiHeaders_Vanish_NotHere()
    {
        var dump = await WorkerDump.GetAsync(_bridge, "/dump", "X-Utf8: " + Encoding.Latin1.GetString("žluťoučký"u8), "X-Latin1: \u00fcber");

        Assert.Equal(("žluťoučký", "über"), (dump.Headers["x-utf8"], dump.Headers["x-latin1"]));
    }

    [Fact]
    public async Task InvalidUtf8OnStderr_SilencesTheRest_NotHere()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/stderr");

        await _bridge.SaidAsync(await _bridge.OpenedAsync(client), "later line$");
    }

    [Fact]
    public async Task HandlerThatClosesStdout_EndsTheSession_NotHere()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/close-stdout");
        await client.ReadUntilAsync("closed;");

        await client.SendTextAsync("on and on");

        Assert.Equal("on and on"u8.ToArray(), await client.ReadDataAsync(9));
    }

    [Fact]
    public async Task TcpPortZero_IsHandedOutAsZero_NotHere()
    {
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "--tcp-port", "0");

        var dump = await WorkerDump.GetAsync(bridge, "/");

        Assert.Equal(bridge.WorkerPort.ToString(CultureInfo.InvariantCulture), dump["WSS_TCP_PORT"]);
        Assert.NotEqual(0, bridge.WorkerPort);
    }

    [Fact]
    public async Task MemoryOfEndedSessions_IsNotGivenBack_NotHere()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php");
        await EchoMegabytesAsync(bridge, 16);
        var before = ProcessTable.ResidentBytes(bridge.Id);

        await EchoMegabytesAsync(bridge, 96);

        // Two megabytes went through each; what one left behind would add up.
        Assert.InRange(ProcessTable.ResidentBytes(bridge.Id) - before, long.MinValue, 64L * 1024 * 1024);
    }

    private static async Task EchoMegabytesAsync(BridgeProcess bridge, int sessions)
    {
        var payload = new byte[1024 * 1024];
        for (var i = 0; i < sessions; i += 8)
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
            {
                await using var client = await RawClient.ConnectAsync(bridge.Port);
                var reading = client.ReadDataAsync(payload.Length);
                await client.SendFrameAsync(2, payload);
                await reading;
                await client.SendCloseAsync(1000);
                Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
            }));
    }

    public sealed class Fixture() : BridgeFixture("--tail-timeout", "20s");
}
