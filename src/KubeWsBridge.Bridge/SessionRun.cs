using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge;

/// <summary>
/// Steps 6 and 7 of a session: carries bytes until a side ends, then ends the other in order. Three things can end it, and each has its method:
/// the client, the worker, or a request of the bridge.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="path">What carries its bytes.</param>
/// <param name="worker">Its worker.</param>
/// <param name="options">Sizes and deadlines.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class SessionRun(Session session, IDataPath path, IWorker worker, BridgeOptions options, TimeProvider timeProvider)
{
    private readonly ClosingOptions _closing = options.Closing;
    private Task<PumpResult> _output = null!;
    private Task? _workerStop;
    private bool _closeIsOut;

    /// <summary>Serves the client until its side is over; the worker may still have its grace.</summary>
    public async Task<SessionEnd> ServeAsync()
    {
        var output = new StreamSource(worker.Output, options.Pump.BufferSize);
        path.Start();
        _output = Pump.RunAsync(output, session.Route.IgnoreStdout ? NullSink.Instance : path.Output);

        await Task.WhenAny(path.ToWorker, path.ToClient, session.EndRequested, path.ClientLost);
        await GiveUpLostClientAsync();
        var end = session.EndRequested.IsCompleted ? await EndByRequestAsync(await session.EndRequested)
            : path.End is { } clientEnd ? await EndByClientAsync(clientEnd)
            : path.ClientLost.IsCompleted && !path.ToWorker.IsCompleted ? await EndByClientAsync(ClientEnd.Gone)
            : await EndByWorkerAsync();

        // Its connection was cut before it could see the code.
        return session.Aborted.IsCancellationRequested && !_closeIsOut ? end with { CloseCode = CloseCode.Abnormal } : end;
    }

    /// <summary>Cuts the client's connection.</summary>
    public void Abort() => path.Abort();

    /// <summary>Lets go of the client.</summary>
    public Task DetachAsync() => path.DetachAsync();

    /// <summary>Lets the worker finish or ends it, and returns when nothing of it is left.</summary>
    public async Task FinishAsync()
    {
        await StopWorker(CloseCode.Abnormal, "");
        await session.Within(_closing.TailTimeout, Task.WhenAll(path.ToClient, _output, session.ErrorsRelayed));
        path.DropWorker();
        await worker.DisposeAsync();
        await Task.WhenAll(path.ToWorker, path.ToClient, _output);
    }

    /// <summary>
    /// When the client's connection has ended while the worker takes nothing, nobody reads up to that end: waits for as long as the worker still
    /// takes what came before it.
    /// </summary>
    private async Task GiveUpLostClientAsync()
    {
        var end = Task.WhenAny(path.ToWorker, path.ToClient, session.EndRequested);
        long before;
        do
            before = path.Traffic.BytesReceived;
        while (!await session.Within(_closing.WorkerGrace, end) && path.Traffic.BytesReceived != before);
    }

    /// <summary>The client closed, left or broke the rules: the worker gets end-of-file, and what it still says goes out before our close frame.</summary>
    private async Task<SessionEnd> EndByClientAsync(ClientEnd end)
    {
        _ = StopWorker(end.CloseCode, end.Violation?.Reason ?? end.Detail);
        if (end.Kind != ClientEndKind.Gone || path.ClientListens)
        {
            await session.Within(_closing.TailTimeout, Task.WhenAll(path.ToClient, _output));
            if (end.Violation is { } refusal)
                await CloseAsync(refusal.CloseCode!.Value, refusal.Reason);
            else
                await SendCloseAsync(end.Kind == ClientEndKind.Gone ? CloseCode.Normal : end.CloseCode, "");
        }

        return SessionEnd.OfClient(end);
    }

    /// <summary>
    /// The worker said that it is done, or broke its framing: the client is told at once. Or it closed its connection: its exit status decides the
    /// close code, if it comes while the rest of its output goes out.
    /// </summary>
    private async Task<SessionEnd> EndByWorkerAsync()
    {
        await session.Within(Timeout.InfiniteTimeSpan, Task.WhenAny(path.ToClient, session.EndRequested));
        if (path.WorkerEnd is { IsCut: false } said)
            return await EndAsSaidAsync(said);

        _ = StopWorker(CloseCode.Normal, "");
        await WhileClientTakes(_closing.TailTimeout, Task.WhenAll(worker.Exited, _output));
        var end = SessionEnd.OfWorker(worker.Exited);
        if (path.WorkerEnd is { } cut && end == SessionEnd.WorkerFinished)
            end = SessionEnd.OfWorker(cut);
        await CloseAsync(end.CloseCode, end.CloseCode == CloseCode.Normal ? "" : Refusals.WorkerFailed.Reason);
        return end;
    }

    private async Task<SessionEnd> EndAsSaidAsync(WorkerEnd said)
    {
        var reason = said.Violation?.Reason ?? said.Detail;
        _ = StopWorker(said.CloseCode, reason);
        await CloseAsync(said.CloseCode, reason);
        return SessionEnd.OfWorker(said);
    }

    /// <summary>A limit, a timeout or the drain: the worker gets end-of-file and a moment for last words.</summary>
    private async Task<SessionEnd> EndByRequestAsync(Refusal refusal)
    {
        _ = StopWorker(refusal.CloseCode!.Value, refusal.Reason);
        if (refusal == Refusals.WorkerTimeout)
            worker.Signal(StopSignal.Terminate);
        await session.Within(_closing.TailTimeout, Task.WhenAll(path.ToClient, _output));
        await CloseAsync(refusal.CloseCode.Value, refusal.Reason);
        return SessionEnd.Refused(refusal);
    }

    /// <summary>Sends our close frame and waits for the client's: a moment, or as long as the client takes what comes before it.</summary>
    private async Task CloseAsync(int code, string reason)
    {
        await SendCloseAsync(code, reason);
        var isRead = await WhileClientTakes(_closing.CloseTimeout, path.ToWorker);
        using var deadline = new CancellationTokenSource(_closing.CloseTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, session.Aborted);

        // The pump to the worker is the reader while it runs; if it stopped because the worker takes nothing, we read in its place.
        if (isRead)
            await path.AwaitCloseAsync(either.Token);
    }

    private async Task SendCloseAsync(int code, string reason)
    {
        if (session.Aborted.IsCancellationRequested)
            return; // whether it would overtake the cut is a matter of luck
        using var givenUp = new CancellationTokenSource();
        var sending = path.CloseAsync(code, reason, givenUp.Token);
        if (!await WhileClientTakes(_closing.CloseTimeout, sending))
            await givenUp.CancelAsync();
        _closeIsOut = await sending;
    }

    /// <summary>Waits for the task; gives up, and says false, when the client has taken nothing for the time of the timeout.</summary>
    private async Task<bool> WhileClientTakes(TimeSpan timeout, Task task)
    {
        long before;
        do
            before = path.Progress;
        while (!await session.Within(timeout, task) && path.Progress != before && !session.Aborted.IsCancellationRequested);
        return task.IsCompleted;
    }

    /// <summary>
    /// Ends the worker's input, unless it has been told of another end, and then the worker. Its time runs from the end of its input, whatever the
    /// client still takes: the drain and the pod's grace period count on that.
    /// </summary>
    private Task StopWorker(int code, string reason)
    {
        path.EndInput(code, reason);
        return _workerStop ??= WorkerStop.StopAsync(worker, _closing, timeProvider, session.Aborted);
    }
}
