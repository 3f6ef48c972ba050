using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests;

public class SessionRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Every wait for the client is longer than all of the worker's time.
    private static readonly BridgeOptions Options = new()
    {
        Routes = [],
        Closing = new ClosingOptions
        {
            TailTimeout = TimeSpan.FromHours(1),
            CloseTimeout = TimeSpan.FromHours(1),
            WorkerGrace = TimeSpan.FromSeconds(5),
            TerminateGrace = TimeSpan.FromSeconds(2),
        },
    };

    private readonly FakeTimeProvider _time = new();
    private readonly FakeWorker _worker = new();
    private readonly Session _session;

    public SessionRunTests() => _session = Sessions.Create(_time);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Serve_ClientTakesItsTime_WorkersTimeRunsFromTheEndOfItsInput(bool byRequest)
    {
        var served = Serve(byRequest);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(_worker.Signals);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await _worker.Signalled(1);
        Assert.Equal([StopSignal.Terminate], _worker.Signals);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _worker.Signalled(2);

        Assert.Equal([StopSignal.Terminate, StopSignal.Kill], _worker.Signals);
        Assert.False(served.IsCompleted);
        _worker.Exit();
        _time.Advance(TimeSpan.FromHours(1));
        await served.WaitAsync(Patience);
        Assert.Equal(2, _worker.Signals.Count);
    }

    /// <summary>Serves a session that is at its end already, whose worker says nothing: when this returns it waits for the worker's last words.</summary>
    private Task<SessionEnd> Serve(bool byRequest)
    {
        var silence = new TaskCompletionSource();
        var path = new FakePath(canAnnounce: false)
        {
            ToClient = silence.Task,
            End = byRequest ? null : new ClientEnd(ClientEndKind.Closed, 1000),
        };
        _session.Upgraded(path, null);
        if (byRequest)
            _session.RequestEnd(Refusals.Draining);
        return new SessionRun(_session, path, _worker, Options, _time).ServeAsync();
    }
}
