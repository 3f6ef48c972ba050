using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class SocketReadinessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TestLoop _test = new();
    private readonly SocketPair _pair = SocketPair.Tcp();
    private readonly TaskCompletionSource _peerEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        _pair.Dispose();
        _test.Dispose();
    }

    [Fact]
    public async Task Readable_DataBeforeOrAfterTheWait_EndsIt()
    {
        using var readiness = Create();
        _pair.Peer.SendAll("x"u8);
        await readiness.Readable.WaitAsync(default).AsTask().WaitAsync(Patience);
        _pair.Ours.Receive(new byte[10]);

        var wait = readiness.Readable.WaitAsync(default).AsTask();
        _pair.Peer.SendAll("y"u8);

        await wait.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PeerEnded_PeerGoneBefore_IsCalled(bool reset)
    {
        if (reset)
            _pair.Reset();
        else
            _pair.Peer.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        using var readiness = Create();

        await _peerEnded.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task PeerEnded_OnlyData_IsNotCalled()
    {
        using var readiness = Create();
        _pair.Peer.SendAll("x"u8);
        await readiness.Readable.WaitAsync(default).AsTask().WaitAsync(Patience);
        await _test.SettleAsync();

        Assert.False(_peerEnded.Task.IsCompleted);
    }

    [Fact]
    public async Task Dispose_EndsWaits()
    {
        var readiness = Create();
        await readiness.Writable.WaitAsync(default).AsTask().WaitAsync(Patience);
        await _test.SettleAsync();
        var read = readiness.Readable.WaitAsync(default).AsTask();
        var write = readiness.Writable.WaitAsync(default).AsTask();

        readiness.Dispose();
        readiness.Dispose();

        await Task.WhenAll(read, write).WaitAsync(Patience);
        Assert.True(readiness.HasLeft);
    }

    private SocketReadiness Create() => new(_pair.Ours, _test.Loop, () => _peerEnded.TrySetResult());
}
