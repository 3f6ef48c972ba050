using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.Tests.Linux;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Rendezvous;

[SupportedOSPlatform("linux")]
public sealed class FramedBackConnectionTests : IDisposable
{
    private const int Size = 8 << 20; // more than both sockets can hold
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();
    private readonly SocketPair _worker = SocketPair.Tcp(8192);
    private readonly FramedBackConnection _connection;

    public FramedBackConnectionTests() =>
        _connection = new FramedBackConnection(new Arrival(_worker.Ours, isTcp: true, Hello.Plain, []), Size, _time);

    [Fact]
    public async Task EndInput_WorkerThatWasFullReadsOn_GetsTheCloseBehindWhatWaited()
    {
        var write = WriteAsync();
        Assert.False(write.IsCompleted);

        _connection.EndInput(1001, "away");
        var all = _worker.Peer.ReceiveToEnd();

        await write.WaitAsync(Patience);
        Assert.Equal("binary 8388608\n"u8.ToArray(), all[..15]);
        Assert.Equal("\nclose 9\n1001 away\n"u8.ToArray(), all[^19..]);
        Assert.Equal(15 + Size + 19, all.Length);
    }

    [Fact]
    public async Task EndInput_WorkerStaysFull_EndsWithoutTheCloseAfterASecond()
    {
        var write = WriteAsync();
        _connection.EndInput(1001, "away");
        _connection.EndInput(1000, "");
        Assert.False(write.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<Exception>(() => write.WaitAsync(Patience));
        Assert.InRange(_worker.Peer.ReceiveToEnd().Length, 1, Size - 1);
        await WriteAsync(); // is swallowed
    }

    [Fact]
    public async Task WriteAsync_MoreAtHand_WaitsForTheNextAndGoesOutWithIt()
    {
        await _connection.WriteAsync(Chunk(ChunkKind.Text, 2) with { MoreAtHand = true }, default);
        Assert.Equal(0, _worker.Peer.Available);

        await _connection.WriteAsync(Chunk(ChunkKind.Binary, 1), default);

        Assert.Equal("text 2\n\0\0\nbinary 1\n\0\n"u8.ToArray(), _worker.Peer.ReceiveExactly(21));
    }

    public void Dispose()
    {
        _connection.Dispose();
        _worker.Dispose();
    }

    private Task WriteAsync() => _connection.WriteAsync(Chunk(ChunkKind.Binary, Size), default).AsTask();

    private static PumpChunk Chunk(ChunkKind kind, int length) =>
        new(new byte[PumpChunk.Headroom + length], PumpChunk.Headroom, length) { Kind = kind };
}
