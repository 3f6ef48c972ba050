using System.Collections.Concurrent;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.SocketPath;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

[SupportedOSPlatform("linux")]
public class PartingTests
{
    [Fact]
    public async Task Fault_IsToldAndCutsTheClient()
    {
        using var pair = SocketPair.Tcp();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Ours.OnClosed(closed.SetResult);
        var faults = new ConcurrentQueue<Exception>();
        var loop = new SocketLoop("test", 65536, faults.Enqueue);
        var settings = new SocketPathSettings(
            new WebSocketOptions(), 65536, TimeSpan.FromSeconds(1), new FakeTimeProvider(), faults.Enqueue);
        var fault = new InvalidOperationException("a fault of ours");

        loop.Events.Post(() =>
        {
            var parting = new Parting(new SocketEnd(pair.Ours, loop.Events, null!), loop, settings);
            parting.Begin();
            parting.OnFault(fault);
        });

        await closed.Task.WaitAsync(PathUnderTest.Patience);
        await TestLoop.SettleAsync(loop.Events);
        Assert.Equal([fault], faults);
        loop.Events.Dispose();
    }
}
