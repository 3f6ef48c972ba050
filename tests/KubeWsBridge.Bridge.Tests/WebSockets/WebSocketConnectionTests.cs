using System.Text;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class WebSocketConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private readonly DuplexStream _stream = new();
    private readonly FakeTimeProvider _time = new();
    private readonly WebSocketConnection _connection;
    private int _aborts;

    public WebSocketConnectionTests() => _connection = Create(new WebSocketOptions { HeartbeatInterval = Interval });

    [Fact]
    public async Task ReadAsync_ManySmallMessages_ComeAsOneChunk()
    {
        _stream.Receive([.. Masked(0x81, "ab"), .. Masked(0x82, "cd"), .. Masked(0x01, "e"), .. Masked(0x80, "f")]);

        Assert.Equal("abcdef", await ReadTextAsync());
        Assert.Equal((3, 6), (_connection.Traffic.MessagesReceived, _connection.Traffic.BytesReceived));
    }

    [Fact]
    public async Task ReadAsync_OneByteAtATime_LosesNothing()
    {
        byte[] bytes = [.. Masked(0x81, "hello"), .. Masked(0x89, "p"), .. Masked(0x82, new string('x', 300)), .. Masked(0x88, "\u0003\u00e8")];
        var sink = new CollectingSink();
        var pump = Pump.RunAsync(_connection, sink);

        foreach (var value in bytes)
            _stream.Receive(value);

        Assert.Equal(PumpOutcome.SourceEnded, (await pump.WaitAsync(Patience)).Outcome);
        Assert.Equal("hello" + new string('x', 300), sink.Text);
        Assert.Equal([0x8A, 1, (byte)'p'], _stream.Written);
        Assert.Equal(1000, _connection.End!.CloseCode);
    }

    [Fact]
    public async Task ReadAsync_PingBetweenFragments_IsAnsweredAndDataGoesOn()
    {
        _stream.Receive([.. Masked(0x02, "ab"), .. Masked(0x89, "ping"), .. Masked(0x80, "cd")]);

        Assert.Equal("ab", await ReadTextAsync());
        Assert.Equal("cd", await ReadTextAsync());
        Assert.Equal([0x8A, 4, .. "ping"u8], _stream.Written);
    }

    [Fact]
    public async Task ReadAsync_ManyPings_AreAnsweredInOrderInOneWrite()
    {
        _stream.Receive([.. Masked(0x89, ""), .. Masked(0x89, "two"), .. Masked(0x8A, "?"), .. Masked(0x89, new string('x', 125)), .. Masked(0x82, "data")]);

        Assert.Equal("data", await ReadTextAsync());
        Assert.Equal([0x8A, 0, 0x8A, 3, .. "two"u8, 0x8A, 125, .. Enumerable.Repeat((byte)'x', 125)], _stream.Written);
        Assert.Equal(1, _stream.Writes);
    }

    [Fact]
    public async Task ReadAsync_PingsBeforeTheCloseFrame_AreAnsweredFirst()
    {
        _stream.Receive([.. Masked(0x89, "p"), .. Masked(0x89, "q"), .. Masked(0x88, "\u0003\u00e8")]);

        Assert.True((await _connection.ReadAsync(default)).IsEnd);
        Assert.Equal([0x8A, 1, (byte)'p', 0x8A, 1, (byte)'q'], _stream.Written);
        Assert.Equal(1000, _connection.End!.CloseCode);
    }

    [Fact]
    public async Task ReadAsync_PingAfterOurLastWord_IsNotAnswered()
    {
        await _connection.CloseAsync(1000, "", default);
        _stream.Receive([.. Masked(0x89, "p"), .. Masked(0x82, "data")]);

        Assert.Equal("data", await ReadTextAsync());
        Assert.Equal(1, _stream.Writes);
    }

    [Fact]
    public async Task ReadAsync_CloseFrame_EndsWithItsCode()
    {
        _stream.Receive([.. Masked(0x82, "last"), .. Masked(0x88, "\u000f\u00a1bye")]);

        Assert.Equal("last", await ReadTextAsync());
        Assert.True((await _connection.ReadAsync(default)).IsEnd);
        Assert.Equal(new ClientEnd(ClientEndKind.Closed, 4001, Detail: "bye"), _connection.End);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_EndWithoutClose_IsGone(bool reset)
    {
        _stream.ReceiveEnd(reset ? new IOException("reset") : null);

        Assert.True((await _connection.ReadAsync(default)).IsEnd);
        Assert.Equal(ClientEnd.Gone, _connection.End);
    }

    [Fact]
    public async Task ReadAsync_Violation_ComesAfterWhatWasGood()
    {
        _stream.Receive([.. Masked(0x82, "good"), 0x82, 0x01, 0x00]);

        Assert.Equal("good", await ReadTextAsync());
        Assert.True((await _connection.ReadAsync(default)).IsEnd);
        Assert.Equal(Refusals.ProtocolError, _connection.End!.Violation);
    }

    [Fact]
    public async Task WriteAsync_Chunk_IsOneBinaryFrameInPlace()
    {
        var buffer = new byte[PumpChunk.Headroom + 300];
        buffer.AsSpan(PumpChunk.Headroom).Fill((byte)'x');

        await _connection.WriteAsync(new PumpChunk(buffer, PumpChunk.Headroom, 300), default);

        Assert.Equal([0x82, 126, 1, 44, .. Enumerable.Repeat((byte)'x', 300)], _stream.Written);
        Assert.Equal(1, _stream.Writes);
    }

    [Fact]
    public async Task CloseAsync_Twice_SendsOneFrameAndSwallowsLaterData()
    {
        Assert.True(await _connection.CloseAsync(1000, "", default));
        Assert.False(await _connection.CloseAsync(1001, "", default));
        await _connection.WriteAsync(new PumpChunk(new byte[PumpChunk.Headroom + 1], PumpChunk.Headroom, 1), default);

        Assert.Equal([0x88, 2, 0x03, 0xE8], _stream.Written);
    }

    [Fact]
    public async Task CloseAsync_ClientTakesNothing_GivesUp()
    {
        _stream.WriteGate = new TaskCompletionSource();
        var stuck = _connection.WriteAsync(new PumpChunk(new byte[PumpChunk.Headroom + 1], PumpChunk.Headroom, 1), default);
        using var deadline = new CancellationTokenSource();

        var close = _connection.CloseAsync(1000, "", deadline.Token);
        await deadline.CancelAsync();
        Assert.False(await close.WaitAsync(Patience));

        _stream.WriteGate.SetResult();
        await stuck;
        Assert.Equal(0x82, _stream.Written[0]);
    }

    [Fact]
    public async Task Heartbeat_SilentClient_IsPingedOnceAndThenGivenUp()
    {
        var read = _connection.ReadAsync(default).AsTask();

        Assert.True(_connection.Heartbeat());
        Assert.Empty(_stream.Written);
        _time.Advance(Interval);
        Assert.True(_connection.Heartbeat());
        Assert.True(_connection.Heartbeat());
        Assert.Equal([0x89, 0], _stream.Written);
        _time.Advance(Interval);
        Assert.False(_connection.Heartbeat());

        _stream.ReceiveEnd();
        await read;
    }

    [Fact]
    public async Task Heartbeat_AnyByteFromTheClient_StartsAnew()
    {
        var read = _connection.ReadAsync(default).AsTask();
        _time.Advance(Interval);
        Assert.True(_connection.Heartbeat());

        _stream.Receive(Masked(0x8A, ""));
        _time.Advance(Interval);

        Assert.True(_connection.Heartbeat());
        _stream.ReceiveEnd();
        await read;
    }

    [Fact]
    public async Task Heartbeat_WorkerTakesNothing_ClientIsNotBlamed()
    {
        _stream.Receive(Masked(0x82, "x"));
        await _connection.ReadAsync(default);

        _time.Advance(Interval * 3);

        Assert.True(_connection.Heartbeat());
    }

    [Fact]
    public void Heartbeat_SwitchedOff_NeverGivesUp()
    {
        var connection = Create(new WebSocketOptions { HeartbeatInterval = TimeSpan.Zero });
        var read = connection.ReadAsync(default).AsTask();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(connection.Heartbeat());
        Assert.Empty(_stream.Written);
        Assert.False(read.IsCompleted);
    }

    [Fact]
    public async Task DetachAsync_Afterwards_AbortIsHarmless()
    {
        _stream.ReceiveEnd();
        await _connection.ReadAsync(default);

        await _connection.DetachAsync();
        _connection.Abort();

        Assert.Equal(0, _aborts);
    }

    [Fact]
    public async Task DetachAsync_ClientStillThere_IsCutAndWaitsForTheReader()
    {
        var read = _connection.ReadAsync(default).AsTask();

        var detach = _connection.DetachAsync();
        Assert.Equal(1, _aborts);
        await detach.WaitAsync(Patience);

        Assert.True((await read).IsEnd);
    }

    [Fact]
    public async Task AwaitCloseAsync_AfterViolation_EndsAtTheClientsCloseFrame()
    {
        _stream.Receive(0xF0, 0x80);
        await _connection.ReadAsync(default);

        var closed = _connection.AwaitCloseAsync(default);
        Assert.False(closed.IsCompleted);
        _stream.Receive(Masked(0x88, "\u0003\u00ea"));

        await closed.WaitAsync(Patience);
    }

    private WebSocketConnection Create(WebSocketOptions options) => new(
        _stream,
        () =>
        {
            _aborts++;
            _stream.ReceiveEnd(new IOException("aborted"));
        },
        options, 4096, _time);

    private async Task<string> ReadTextAsync() =>
        Encoding.Latin1.GetString((await _connection.ReadAsync(default).AsTask().WaitAsync(Patience)).Memory.Span);

    /// <summary>A masked frame; the payload's characters are bytes.</summary>
    private static byte[] Masked(byte first, string payload)
    {
        byte[] key = [1, 2, 3, 4];
        var body = Encoding.Latin1.GetBytes(payload).Select((value, index) => (byte)(value ^ key[index % 4]));
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0xFE, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [first, .. length, .. key, .. body];
    }

    private sealed class CollectingSink : IPumpSink
    {
        private readonly List<byte> _bytes = [];

        public string Text => Encoding.Latin1.GetString([.. _bytes]);

        public ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken)
        {
            _bytes.AddRange(chunk.Memory.ToArray());
            return default;
        }
    }
}
