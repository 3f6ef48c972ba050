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

    private static readonly ClientEnd ClientClosed = new(ClientEndKind.Closed, 1000);
    private static readonly ClientEnd ClientErred = new(ClientEndKind.Violation, 1002, Refusals.ProtocolError);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeWorker _worker = new();
    private readonly Session _session;
    private FakePath? _path;

    public SessionRunTests() => _session = Sessions.Create(_time);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Serve_ClientTakesItsTime_WorkersTimeRunsFromTheEndOfItsInput(bool byRequest)
    {
        var served = Serve(byRequest ? null : ClientClosed, silence: new TaskCompletionSource().Task);

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
        _session.Abort(Refusals.Draining);
        await served.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(true, "draining")]
    [InlineData(false, "protocol-error")]
    public async Task Serve_AbortedBeforeTheCloseFrame_TheCodeIsNotOneNobodySaw(bool byRequest, string name)
    {
        var served = Serve(byRequest ? null : ClientErred, silence: new TaskCompletionSource().Task);

        _session.Abort(Refusals.Draining);

        Assert.Equal((name, 1006), Seen(await served.WaitAsync(Patience)));
        Assert.Null(_path!.Closed);
    }

    [Theory]
    [InlineData(true, "draining", 1001)]
    [InlineData(false, "protocol-error", 1002)]
    public async Task Serve_AbortedAfterTheCloseFrame_TheCodeIsTheFrames(bool byRequest, string name, int code)
    {
        var served = Serve(byRequest ? null : ClientErred, silence: Task.CompletedTask);
        Assert.Equal(code, _path!.Closed);

        _session.Abort(Refusals.Draining);

        Assert.Equal((name, code), Seen(await served.WaitAsync(Patience)));
    }

    private static (string Name, int CloseCode) Seen(SessionEnd end) => (end.Name, end.CloseCode);

    /// <summary>
    /// Serves a session that is at its end already: when this returns it waits for the worker's last words, or, after them, for the client's close.
    /// </summary>
    /// <param name="end">How the client has ended it; null when the bridge is to.</param>
    /// <param name="silence">Completes when the worker has said all.</param>
    private Task<SessionEnd> Serve(ClientEnd? end, Task silence)
    {
        _path = new FakePath(canAnnounce: false) { ToClient = silence, ToWorker = end is null ? new TaskCompletionSource().Task : Task.CompletedTask, End = end };
        _session.Upgraded(_path, null);
        if (end is null)
            _session.RequestEnd(Refusals.Draining);
        return new SessionRun(_session, _path, _worker, Options, _time).ServeAsync();
    }
}
