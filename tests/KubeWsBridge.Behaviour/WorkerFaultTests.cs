using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>Workers that misbehave after the meeting.</summary>
public class WorkerFaultTests(WorkerFaultTests.Fixture fixture) : IClassFixture<WorkerFaultTests.Fixture>
{
    // What a client could push into sockets and buffers of a bridge that has bounds; without them all of the offer would go.
    private const long Bound = 48L * 1024 * 1024;
    private const long Offer = 256L * 1024 * 1024;
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Theory]
    [InlineData("code=0", 1000, "", "worker-finished (1000) after ", "status 0.")]
    [InlineData("code=3", 1011, "The worker failed.", "worker-failed (1011) \"status 3\" after ", "status 3.")]
    [InlineData("signal=9", 1011, "The worker failed.", "worker-failed (1011) \"signal 9\" after ", "signal 9.")]
    [InlineData("signal=11", 1011, "The worker failed.", "worker-failed (1011) \"signal 11\" after ", "signal 11.")]
    public async Task Worker_ThatEnds_DecidesTheCloseCode(string how, int code, string reason, string start, string end)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/exit?" + how);
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync("!");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((code, reason), (ending.Code, ending.Reason));
        var line = await _bridge.ClosedAsync(session);
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        Assert.EndsWith("worker ended with " + end, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code=0", 1000)]
    [InlineData("code=3", 1011)]
    public async Task Worker_ThatWritesAMegabyteAndExits_IsHeardToTheEnd(string how, int code)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, $"/exit?bytes=1000000&{how}");

        await client.SendTextAsync("!");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1_000_000, code), (ending.Data.Length, ending.Code));
    }

    [Fact]
    public async Task Worker_ThatHalfCloses_StillGetsItsWordsOutAndIsGone()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/half-close");
        var session = await _bridge.OpenedAsync(client);

        var ending = await client.ReadToCloseAsync();

        Assert.Equal(("bye", 1000), (ending.Text, ending.Code));
        await _bridge.SaidAsync(session, "read 0 bytes after the half-close");
        await _bridge.ClosedAsync(session);
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Worker_ThatNeverReads_BlocksItsClientWithinBounds()
    {
        await using var bridge = await fixture.StartAsync("--worker-grace", "300ms", "--terminate-grace", "300ms", "--heartbeat-interval", "1s");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/never-read");
        var session = await bridge.OpenedAsync(client);
        var before = ProcessTable.ResidentBytes(bridge.Id);

        var sent = await PushUntilBlockedAsync(client.Socket, RawClient.Frame(2, new byte[65536]));

        Assert.InRange(sent, 1, Bound);
        Assert.InRange(ProcessTable.ResidentBytes(bridge.Id), 0, before + Bound);
        client.Reset();
        Assert.StartsWith("client-gone (1006) ", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Worker_ThatReadsLate_GetsEveryByteOfABlockedClient()
    {
        using var scratch = new Scratch();
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/read-late?file=" + scratch.File("go"));
        var session = await _bridge.OpenedAsync(client);
        var part = RandomNumberGenerator.GetBytes(8 * 1024 * 1024);
        byte[] payload = [.. Enumerable.Repeat(part, 8).SelectMany(bytes => bytes)]; // more than all the kernel's buffers on the way can grow to
        var frame = RawClient.Frame(2, part);

        var sending = client.SendAsync([.. Enumerable.Repeat(frame, 8).SelectMany(bytes => bytes), .. RawClient.Frame(8, RawClient.ClosePayload(1000))]);
        Assert.False(sending.IsCompleted);
        File.WriteAllText(scratch.File("go"), "");
        await sending;

        await _bridge.SaidAsync(session, $"read {payload.Length} bytes {Convert.ToHexStringLower(SHA256.HashData(payload))}");
    }

    [Fact]
    public async Task Worker_ThatNeverWrites_ServesUntilTheClientCloses()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/collect");
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync("into the void");
        await client.SendCloseAsync(1000);
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((0, 1000), (ending.Data.Length, ending.Code));
        await _bridge.SaidAsync(session, "read 13 bytes ");
    }

    [Fact]
    public async Task Worker_ThatFloodsAClientThatDoesNotRead_IsBlockedWithinBoundsAndGoneWithIt()
    {
        await using var bridge = await fixture.StartAsync("--worker-grace", "300ms", "--terminate-grace", "300ms");
        await using var client = await RawClient.TcpAsync(bridge.Port, socket => socket.ReceiveBufferSize = 65536);
        await client.SendAsync(RawClient.Handshake("/flood"));
        await client.ReadResponseAsync();
        var session = await bridge.OpenedAsync(client);
        await bridge.SaidAsync(session, "flooding");
        var before = ProcessTable.ResidentBytes(bridge.Id);

        var flooded = await StandsStillAsync(() => bridge.CountLogged($@"\[{session.Id}\] worker stderr: flooded 4 MiB more") * 4L * 1024 * 1024);

        Assert.InRange(flooded, 0, Bound);
        Assert.InRange(ProcessTable.ResidentBytes(bridge.Id), 0, before + Bound);
        client.Reset();
        Assert.StartsWith("client-gone (1006) ", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Client_ThatFloodsAndDoesNotRead_BlocksItselfAndNobodyElse()
    {
        await using var greedy = await RawClient.ConnectAsync(_bridge.Port, "/echo");
        var session = await _bridge.OpenedAsync(greedy);

        Assert.InRange(await PushUntilBlockedAsync(greedy.Socket, RawClient.Frame(2, new byte[65536])), 1, Bound);

        await using var other = await RawClient.ConnectAsync(_bridge.Port, "/echo");
        await other.SendTextAsync("free");
        Assert.Equal("free"u8.ToArray(), await other.ReadDataAsync(4));
        greedy.Reset();
        Assert.StartsWith("client-gone (1006) ", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_WithAChildThatStays_TakesItAlong()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/grandchild");
        var session = await _bridge.OpenedAsync(client);
        var child = ChildId(await client.ReadUntilAsync(";"));
        Assert.True(ProcessTable.IsAlive(child));

        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);

        await _bridge.ClosedAsync(session);
        await Eventually.IsTrueAsync(() => !ProcessTable.IsAlive(child), () => $"Grandchild {child} still runs.");
    }

    [Fact]
    public async Task Worker_ThatExitsAndLeavesAChildWithTheConnection_EndsTheSession()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/grandchild-holds");
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync("!");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal(1000, ending.Code);
        await _bridge.ClosedAsync(session);
        await Eventually.IsTrueAsync(() => !ProcessTable.IsAlive(ChildId(ending.Text)), () => "The grandchild still runs.");
    }

    [Fact]
    public async Task Worker_ThatIgnoresEverything_GetsTermThenKill()
    {
        await using var bridge = await fixture.StartAsync("--worker-grace", "300ms", "--terminate-grace", "2s");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        var session = await bridge.OpenedAsync(client);
        await client.ReadUntilAsync("ready");

        await client.SendCloseAsync(1000);
        await client.ReadToCloseAsync();

        await bridge.SaidAsync(session, "ignores the end of its input");
        await bridge.SaidAsync(session, "ignores SIGTERM");
        Assert.EndsWith("worker ended with signal 9.", await bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_ThatHandlesSigterm_MayFinishItsWork()
    {
        await using var bridge = await fixture.StartAsync("--worker-grace", "300ms", "--terminate-grace", "1h");
        using var scratch = new Scratch();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/term?file=" + scratch.File("saved"));
        var session = await bridge.OpenedAsync(client);
        await client.ReadUntilAsync("ready");

        await client.SendCloseAsync(1000);
        await client.ReadToCloseAsync();

        Assert.EndsWith("worker ended with status 0.", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        Assert.Equal("saved", File.ReadAllText(scratch.File("saved")));
    }

    [Fact]
    public async Task Stdout_ByDefault_GoesToTheClientAsBinaryMessages()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/stdout");

        await client.SendTextAsync("one");

        // Two ways to the client: their order is not promised.
        Assert.Equal("()<>eennoo", string.Concat((await client.ReadDataAsync(10)).Select(b => (char)b).Order()));
        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
    }

    [Fact]
    public async Task Stdout_Ignored_GoesNowhere()
    {
        await using var bridge = await fixture.StartAsync("--ignore-stdout");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/stdout");

        for (var i = 0; i < 5; i++)
        {
            await client.SendTextAsync("one");
            Assert.Equal("(one)"u8.ToArray(), await client.ReadDataAsync(5));
        }

        await client.SendCloseAsync(1000);
        Assert.Empty((await client.ReadToCloseAsync()).Data);
    }

    [Fact]
    public async Task Stdout_AfterTheBackConnectionIsClosed_IsStillDelivered()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/stdout-after");

        await client.SendTextAsync("!");
        var ending = await client.ReadToCloseAsync();

        // Two ways to the client: their order is not promised.
        Assert.Contains("before ", ending.Text, StringComparison.Ordinal);
        Assert.Equal("after " + new string('o', 300_000), ending.Text.Replace("before ", "", StringComparison.Ordinal));
        Assert.Equal(1000, ending.Code);
    }

    [Fact]
    public async Task Stdout_ClosedByTheWorker_DoesNotEndTheSession()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/close-stdout");
        await client.ReadUntilAsync("closed;");

        await client.SendTextAsync("still here");

        Assert.Equal("still here"u8.ToArray(), await client.ReadDataAsync(10));
    }

    [Fact]
    public async Task Stderr_WhateverItHolds_IsLoggedLineByLineWithTheSession()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/stderr");
        var session = await _bridge.OpenedAsync(client);

        await _bridge.SaidAsync(session, "later line$");
        await client.SendCloseAsync(1000);
        await client.ReadToCloseAsync();
        await _bridge.ClosedAsync(session);

        var mark = $"[{session.Id}] worker stderr: ";
        var lines = _bridge.Log.Split('\n').Where(line => line.Contains(mark, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..]).ToArray();
        Assert.Equal("plain line", lines[0]);
        Assert.StartsWith("broken ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(" line", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("bell ", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(lines[2], char.IsControl);
        Assert.Equal(20_000, lines[3..^2].Sum(line => line.Count(c => c == 'L')));
        Assert.Equal("later line", lines[^2]);
        Assert.Equal("unterminated line", lines[^1]);
    }

    private static int ChildId(string text) => int.Parse(text.Split(' ', ';')[1], CultureInfo.InvariantCulture);

    /// <summary>Sends until the socket takes nothing for a while, or all of the offer is gone, and returns how much went.</summary>
    private static async Task<long> PushUntilBlockedAsync(Socket socket, byte[] frame)
    {
        socket.Blocking = false;
        long sent = 0;
        var offset = 0;
        while (sent < Offer)
        {
            var count = socket.Send(frame.AsSpan(offset), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                if (!await Task.Run(() => socket.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectWrite)))
                    break;
                continue;
            }

            Assert.Equal(SocketError.Success, error);
            sent += count;
            offset = (offset + count) % frame.Length;
        }

        return sent;
    }

    /// <summary>Waits until a counter has stayed the same for a second.</summary>
    private static async Task<long> StandsStillAsync(Func<long> counter)
    {
        var (last, same) = (-1L, 0);
        await Eventually.IsTrueAsync(
            () =>
            {
                var now = counter();
                (same, last) = (now == last ? same + 1 : 0, now);
                return same >= 50 || now > Offer;
            },
            () => $"It still grows: {last}.");
        return last;
    }

    /// <summary>The longest deadlines, so that a slow machine fails no test; the few that wait for a deadline bring a bridge of their own.</summary>
    public class Fixture() : BridgeFixture("--worker-grace", "30s", "--terminate-grace", "30s", "--tail-timeout", "20s");
}
