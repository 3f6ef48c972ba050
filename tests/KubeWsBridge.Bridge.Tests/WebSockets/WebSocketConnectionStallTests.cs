using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class WebSocketConnectionStallTests
{
    private static readonly WebSocketOptions Options = new() { HeartbeatInterval = TimeSpan.FromSeconds(20) };
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task AwaitClose_ViolatorGoesOnSending_EndsWithItsToken()
    {
        using var deadline = new CancellationTokenSource();
        var stream = new EndlessStream([0x82, 0x01, 0x00], reads: 5, then: deadline.Cancel); // unmasked
        var connection = Connect(stream);
        Assert.True((await connection.ReadAsync(CancellationToken.None)).IsEnd);
        Assert.Equal(ClientEndKind.Violation, connection.End?.Kind);

        await connection.AwaitCloseAsync(deadline.Token);

        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public async Task Heartbeat_WriteStuckWhileNobodyReads_FailsAfterTwoIntervals()
    {
        var stream = new StuckStream();
        var connection = Connect(stream);
        var writing = connection.WriteAsync(new PumpChunk(new byte[20], 10, 10), CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(39));
        Assert.True(connection.Heartbeat());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(connection.Heartbeat());

        stream.Free();
        await writing;
        Assert.True(connection.Heartbeat());
    }

    [Fact]
    public async Task Heartbeat_AfterTheCloseFrame_SendsNothing()
    {
        var stream = new StuckStream();
        stream.Free();
        var connection = Connect(stream);
        await connection.CloseAsync(1000, "", CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.True(connection.Heartbeat());

        Assert.Equal(1, stream.Writes);
    }

    private WebSocketConnection Connect(Stream stream) => new(stream, () => { }, Options, 4096, _time);

    /// <summary>Gives the same bytes again and again, and calls back after some reads.</summary>
    private sealed class EndlessStream(byte[] bytes, int reads, Action then) : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
                return new ValueTask<int>(0);
            if (++_reads == reads)
                then();
            bytes.CopyTo(buffer);
            return new ValueTask<int>(bytes.Length);
        }
    }

    /// <summary>Takes nothing until it is freed.</summary>
    private sealed class StuckStream : MemoryStream
    {
        private readonly TaskCompletionSource _freed = new();

        public int Writes { get; private set; }

        public void Free() => _freed.SetResult();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            return new ValueTask(_freed.Task);
        }
    }
}
