using System.Net.Sockets;
using System.Security.Cryptography;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>How sessions end when the client or the worker ends them, and that nothing is lost in the end.</summary>
public class ClosingTests(ClosingTests.Fixture fixture) : IClassFixture<ClosingTests.Fixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1008)]
    [InlineData(1009)]
    [InlineData(1010)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    [InlineData(1014)]
    [InlineData(3000)]
    [InlineData(4999)]
    public async Task Close_WithAValidCode_IsAnsweredWithTheSame(int code)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/collect");
        var session = await _bridge.OpenedAsync(client);

        await client.SendCloseAsync(code, "bye for now");
        var frame = await client.ReadFrameAsync();

        Assert.Equal((8, code), (frame?.Opcode, frame?.CloseCode));
        await client.ReadToEndAsync(); // a close frame over the socket path; over the stream path the server hears no more of it
        Assert.StartsWith($"client-closed ({code}) \"bye for now\" after ", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_WithoutACode_IsAnsweredWithoutOne()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/collect");

        await client.SendFrameAsync(8, []);
        var frame = await client.ReadFrameAsync();

        Assert.Equal((8, 0), (frame?.Opcode, frame?.Payload.Length));
        await client.ReadToEndAsync(); // a close frame over the socket path; over the stream path the server hears no more of it
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(5_000_000)]
    public async Task Close_RightAfterAMessage_TheWorkerGetsAllOfItFirst(int size)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/collect");
        var session = await _bridge.OpenedAsync(client);
        var payload = RandomNumberGenerator.GetBytes(size);

        await client.SendAsync([.. RawClient.Frame(2, payload), .. RawClient.Frame(8, RawClient.ClosePayload(1000))]);

        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
        await _bridge.SaidAsync(session, Collected(payload));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(3_000_000)]
    public async Task Close_RightAfterAMessage_ItsAnswerComesBeforeTheCloseReply(int size)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/echo");
        var payload = RandomNumberGenerator.GetBytes(size);

        // A client that reads while it sends, or both would block each other.
        var reading = client.ReadToEndAsync();
        await client.SendAsync([.. RawClient.Frame(2, payload), .. RawClient.Frame(8, RawClient.ClosePayload(1000))]);
        var (data, code) = await reading;

        Assert.Equal(1000, code);
        Assert.Equal(payload, data);
    }

    [Fact]
    public async Task Close_WorkerWithLastWords_TheyComeBeforeTheCloseReply()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/last-words?bytes=300000");

        await client.SendTextAsync("hello");
        await client.SendCloseAsync(4001);
        var (data, code) = await client.ReadToEndAsync();

        Assert.Equal(4001, code);
        Assert.Equal(new string('l', 300_000) + "got 5", System.Text.Encoding.ASCII.GetString(data));
    }

    [Fact]
    public async Task Close_FollowedByMore_NothingOfItReachesTheWorker()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/collect");
        var session = await _bridge.OpenedAsync(client);

        await client.SendAsync([.. RawClient.Frame(1, "before"u8), .. RawClient.Frame(8, RawClient.ClosePayload(1000)), .. RawClient.Frame(1, "after"u8)]);
        await client.ReadToEndAsync();

        await _bridge.SaidAsync(session, Collected("before"u8.ToArray()));
    }

    [Fact]
    public async Task Close_WhileTheWorkerIgnoresIt_IsAnsweredWithoutWaitingForTheWorker()
    {
        await using var bridge = await fixture.StartAsync("--worker-grace", "1h", "--tail-timeout", "50ms");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        var session = await bridge.OpenedAsync(client);
        await client.ReadUntilAsync("ready");

        await client.SendCloseAsync(1000);

        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
        Assert.True(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Client_ThatResets_WhatItSentStillReachesTheWorker()
    {
        var client = await RawClient.ConnectAsync(_bridge.Port, "/echo");
        var session = await _bridge.OpenedAsync(client);
        await client.SendTextAsync("x");
        await client.ReadDataAsync(1);

        client.Reset();

        Assert.Matches(@"^client-gone \(1006\) after .* received 1 messages of 1 bytes, sent 1 of 1; worker ended with status 0\.", await _bridge.ClosedAsync(session));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task Client_ThatEndsWithoutClose_WhatItSentStillReachesTheWorker(int size)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/collect");
        var session = await _bridge.OpenedAsync(client);
        var payload = RandomNumberGenerator.GetBytes(size);

        await client.SendFrameAsync(2, payload);
        client.Socket.Shutdown(SocketShutdown.Send);

        await _bridge.SaidAsync(session, Collected(payload));
        Assert.StartsWith("client-gone (1006) after ", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
        await client.ReadToEndAsync(); // a close frame over the socket path; over the stream path the server hears no more of it
    }

    [Fact]
    public async Task Client_ThatEndsInsideAMessage_WhatItSentStillReachesTheWorker()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/collect");
        var session = await _bridge.OpenedAsync(client);

        await client.SendAsync(RawClient.Frame(2, "cut short"u8)[..^6]);
        client.Socket.Shutdown(SocketShutdown.Send);

        await _bridge.SaidAsync(session, Collected("cut"u8.ToArray()));
    }

    [Fact]
    public async Task Client_ThatNeverAnswersOurClose_IsCutOff()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/exit");
        await client.SendTextAsync("!");
        var frame = await client.ReadFrameAsync();
        Assert.Equal((8, 1000), (frame?.Opcode, frame?.CloseCode));

        // It neither answers nor closes; the end has to come from the bridge.
        await client.ReadToEndAsync(); // a close frame over the socket path; over the stream path the server hears no more of it
    }

    [Fact]
    public async Task Client_ThatKeepsSendingAfterOurClose_IsCutOff()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/exit");
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync("!");
        var frame = await client.ReadFrameAsync();
        Assert.Equal(8, frame?.Opcode);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
                await client.SendFrameAsync(2, new byte[1000]);
        });

        await _bridge.ClosedAsync(session);
    }

    [Fact]
    public async Task Worker_ThatEndsWhileTheClientDoesNotRead_IsHeardOnceItReads()
    {
        await using var client = await RawClient.TcpAsync(_bridge.Port, socket => socket.ReceiveBufferSize = 16384);
        await client.SendAsync(RawClient.Handshake("/exit?bytes=800000"));
        await client.ReadResponseAsync();
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync("!");
        await Eventually.IsTrueAsync(() => !ProcessTable.IsAlive(session.WorkerId), () => "The worker still runs.");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((800_000, 1000), (ending.Data.Length, ending.Code));
    }

    [Fact]
    public async Task Worker_ThatEndsWhileTheClientNeverReads_IsAccountedAllTheSame()
    {
        await using var bridge = await fixture.StartAsync("--heartbeat-interval", "1s", "--worker-grace", "300ms");
        await using var client = await RawClient.TcpAsync(bridge.Port, socket => socket.ReceiveBufferSize = 16384);
        await client.SendAsync(RawClient.Handshake("/flood?blocks=300"));
        await client.ReadResponseAsync();
        var session = await bridge.OpenedAsync(client);

        // The heartbeat is what finds out: nothing is read, so nothing is answered.
        Assert.StartsWith("heartbeat-timeout (1001) ", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    private static string Collected(byte[] payload) => $"read {payload.Length} bytes {Convert.ToHexStringLower(SHA256.HashData(payload))}$";

    public class Fixture() : BridgeFixture("--tail-timeout", "20s");
}
