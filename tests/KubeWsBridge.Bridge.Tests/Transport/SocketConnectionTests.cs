using System.Buffers;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Transport;
using Microsoft.AspNetCore.Connections;

namespace KubeWsBridge.Bridge.Tests.Transport;

[SupportedOSPlatform("linux")]
public sealed class SocketConnectionTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SocketPair _pair = SocketPair.Tcp(bufferSize: 8192);
    private readonly SocketConnection _connection;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _closed;

    public SocketConnectionTests()
    {
        _pair.Ours.OnClosed(() => Interlocked.Increment(ref _closed));
        _connection = new SocketConnection(_pair.Ours, null, "1");
        _connection.ConnectionClosed.Register(() => _ended.TrySetResult());
    }

    public async ValueTask DisposeAsync()
    {
        _pair.Peer.Dispose();
        await _connection.DisposeAsync();
        _pair.Dispose();
    }

    [Fact]
    public async Task Transport_BothWays_CarriesBytes()
    {
        _pair.Peer.SendAll("request"u8);
        Assert.Equal("request", await ReadTextAsync());

        await _connection.Output.WriteAsync("answer"u8.ToArray());

        Assert.Equal("answer"u8, _pair.Peer.ReceiveExactly(6));
        Assert.Equal(_pair.Peer.RemoteEndPoint, _connection.LocalEndPoint);
    }

    [Fact]
    public async Task Transport_SlowPeer_GetsAllThatWasWritten()
    {
        var bytes = new byte[1_000_000];
        Random.Shared.NextBytes(bytes);
        var write = _connection.Output.WriteAsync(bytes).AsTask();

        Assert.Equal(bytes, await Task.Run(() => _pair.Peer.ReceiveExactly(bytes.Length)));
        await write.WaitAsync(Patience);
    }

    [Fact]
    public async Task Take_AfterARead_GivesWhatWasNotConsumed()
    {
        _pair.Peer.SendAll("head|tail"u8);
        var read = await _connection.Input.ReadAtLeastAsync(9);
        var consumed = read.Buffer.GetPosition(5);
        _connection.Input.AdvanceTo(consumed, consumed);

        var taken = Handover.Take(out var unread);

        Assert.Equal("tail", Encoding.UTF8.GetString(unread));
        Assert.Same(_pair.Ours, taken);
    }

    [Fact]
    public async Task Take_WhatWasLookedAtButNotConsumed_IsGivenToo()
    {
        _pair.Peer.SendAll("head|tail"u8);
        var read = await _connection.Input.ReadAtLeastAsync(9);
        _connection.Input.AdvanceTo(read.Buffer.GetPosition(5), read.Buffer.End);

        Handover.Take(out var unread);

        Assert.Equal("tail", Encoding.UTF8.GetString(unread));
    }

    [Fact]
    public void Take_NothingRead_LeavesItInTheSocket()
    {
        _pair.Peer.SendAll("early"u8);

        var taken = Handover.Take(out var unread);

        Assert.Empty(unread);
        Assert.Equal(5, taken!.Receive(new byte[10]));
    }

    [Fact]
    public async Task Take_Afterwards_TheServersEndMeansNothing()
    {
        var taken = Handover.Take(out _)!;
        _pair.Peer.SendAll("frame"u8);

        Assert.True((await _connection.Input.ReadAsync().AsTask().WaitAsync(Patience)).IsCompleted);
        await _connection.Output.WriteAsync("stray"u8.ToArray()).AsTask().WaitAsync(Patience);
        _connection.Abort(new ConnectionAbortedException());
        await _connection.DisposeAsync();

        Assert.Equal(0, _closed);
        Assert.Equal(5, taken.Receive(new byte[10]));
        Assert.Equal(5, taken.Send("after"u8));
        Assert.Equal("after"u8, _pair.Peer.ReceiveExactly(5));
        Assert.Null(Handover.Take(out _));
        taken.Dispose();
        Assert.Equal(1, _closed);
    }

    [Fact]
    public async Task DisposeAsync_AfterTheNewOwnerHasClosed_IsHarmless()
    {
        Handover.Take(out _)!.Dispose();
        _connection.Output.Write("stray"u8);

        await _connection.DisposeAsync().AsTask().WaitAsync(Patience);

        await _ended.Task.WaitAsync(Patience);
        Assert.Equal(1, _closed);
    }

    [Fact]
    public async Task Take_AfterTheDisposal_IsNull()
    {
        await _connection.DisposeAsync();

        Assert.Null(Handover.Take(out var unread));
        Assert.Empty(unread);
    }

    [Fact]
    public async Task Abort_SomebodyReads_FindsTheEnd()
    {
        var read = _connection.Input.ReadAsync().AsTask();

        _connection.Abort(new ConnectionAbortedException());

        Assert.True((await read.WaitAsync(Patience)).IsCompleted);
        await _ended.Task.WaitAsync(Patience);
        Assert.Empty(_pair.Peer.ReceiveToEnd());
    }

    [Fact]
    public async Task Abort_SomebodyWritesToAPeerThatTakesNothing_EndsTheWrite()
    {
        var write = _connection.Output.WriteAsync(new byte[4_000_000]).AsTask();
        Assert.False(write.IsCompleted);

        _connection.Abort(new ConnectionAbortedException());

        await write.WaitAsync(Patience);
    }

    [Fact]
    public async Task PeersEnd_FiresConnectionClosedAndIsRead()
    {
        _pair.Peer.SendAll("last"u8);
        _pair.Peer.Shutdown(SocketShutdown.Send);

        await _ended.Task.WaitAsync(Patience);

        Assert.Equal("last", await ReadTextAsync());
        Assert.True((await _connection.Input.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task PeersReset_FiresConnectionClosedAndTheReaderFails()
    {
        var read = _connection.Input.ReadAsync().AsTask();

        _pair.Reset();

        await _ended.Task.WaitAsync(Patience);
        await Assert.ThrowsAsync<ConnectionResetException>(() => read.WaitAsync(Patience));
    }

    [Fact]
    public async Task DisposeAsync_UnsentOutputOnAResetConnection_ClosesOnce()
    {
        _connection.Output.Write("unsent"u8);
        _pair.Reset();
        await _ended.Task.WaitAsync(Patience);

        await _connection.DisposeAsync().AsTask().WaitAsync(Patience);
        await _connection.DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.Equal(1, _closed);
    }

    [Fact]
    public async Task DisposeAsync_EndsTheConnectionInOrder()
    {
        await _connection.Output.WriteAsync("bye"u8.ToArray());

        await _connection.DisposeAsync();

        Assert.Equal("bye"u8, _pair.Peer.ReceiveToEnd());
        await _ended.Task.WaitAsync(Patience);
        Assert.Equal(1, _closed);
    }

    private IConnectionHandOver Handover => _connection.Features.Get<IConnectionHandOver>()!;

    private async Task<string> ReadTextAsync()
    {
        var read = await _connection.Input.ReadAsync().AsTask().WaitAsync(Patience);
        var text = Encoding.UTF8.GetString(read.Buffer);
        _connection.Input.AdvanceTo(read.Buffer.End);
        return text;
    }
}
