using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

[SupportedOSPlatform("linux")]
public class SocketDataPathHeartbeatTests
{
    private const int Small = 8192;
    private static readonly TimeSpan Interval = PathUnderTest.Interval;

    [Fact]
    public async Task Heartbeat_SilentClient_IsPingedOnceAndThenGivenUp()
    {
        using var test = new PathUnderTest();
        await test.SettleAsync();
        Assert.True(test.Path.Heartbeat());

        test.Time.Advance(Interval);
        Assert.True(test.Path.Heartbeat());
        Assert.True(test.Path.Heartbeat());
        Assert.Equal(Opcode.Ping, test.ReceiveFrame().Opcode);
        await test.SettleAsync();
        Assert.Equal(0, test.Client.Available);

        test.Time.Advance(Interval);
        Assert.False(test.Path.Heartbeat());
    }

    [Fact]
    public async Task Heartbeat_AnyByteFromTheClient_StartsAnew()
    {
        using var test = new PathUnderTest();
        await test.SettleAsync();
        test.Time.Advance(Interval);
        test.Client.SendAll(ClientFrame.Build(10, []).AsSpan(0, 1));
        await test.SettleAsync();

        test.Time.Advance(Interval);

        Assert.True(test.Path.Heartbeat());
        test.Time.Advance(Interval);
        Assert.False(test.Path.Heartbeat());
    }

    [Fact]
    public async Task Heartbeat_WorkerTakesNothing_ClientIsPingedButNotBlamed()
    {
        using var test = new PathUnderTest(workerBuffers: Small);
        await test.BlockWorkerAsync();

        test.Time.Advance(3 * Interval);

        Assert.True(test.Path.Heartbeat());
        Assert.Equal(Opcode.Ping, test.ReceiveFrame().Opcode);
        test.Time.Advance(3 * Interval);
        Assert.True(test.Path.Heartbeat());
    }

    [Fact]
    public async Task Heartbeat_WorkerTakesAgainWhatItHeldUp_SilenceCountsFromThen()
    {
        using var test = new PathUnderTest(workerBuffers: Small);
        test.Client.SendAll(ClientFrame.Binary(new byte[100_000]));
        await test.SettleAsync();
        test.Time.Advance(3 * Interval);

        test.Worker.ReceiveExactly(100_000);
        await test.SettleAsync();

        Assert.True(test.Path.Heartbeat());
        test.Time.Advance(2 * Interval);
        Assert.False(test.Path.Heartbeat());
    }

    [Fact]
    public async Task Heartbeat_ClientTakesNothingAndHoldsTheWorkerUp_IsGivenUp()
    {
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small);
        await test.BlockWorkerAsync();
        await test.BlockClientAsync();

        test.Time.Advance(2 * Interval - TimeSpan.FromTicks(1));
        Assert.True(test.Path.Heartbeat());
        test.Time.Advance(TimeSpan.FromTicks(1));

        Assert.False(test.Path.Heartbeat());
    }

    [Fact]
    public async Task Heartbeat_ClientThatOnlyTakes_ShowsLife()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        var sent = await test.BlockClientAsync();
        test.Time.Advance(2 * Interval - TimeSpan.FromTicks(1));

        test.ReceivePayload(sent);
        await test.SettleAsync();
        test.Time.Advance(Interval);

        Assert.True(test.Path.Heartbeat());
    }

    [Fact]
    public async Task Heartbeat_SomethingWaitsForTheClient_SendsNoPing()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        var sent = await test.BlockClientAsync();
        test.Time.Advance(Interval);
        Assert.True(test.Path.Heartbeat());
        await test.SettleAsync();

        Assert.Equal(sent, test.ReceivePayload(sent).Length);
        test.Worker.SendAll("next"u8);
        Assert.Equal("next", test.ReceiveText());
    }

    [Fact]
    public async Task Heartbeat_AfterTheClientsEnd_HasNothingToSay()
    {
        using var test = new PathUnderTest();
        test.Client.SendAll(ClientFrame.Close(1000));
        await test.ToWorker;
        await test.SettleAsync();

        test.Time.Advance(3 * Interval);

        Assert.True(test.Path.Heartbeat());
    }
}
