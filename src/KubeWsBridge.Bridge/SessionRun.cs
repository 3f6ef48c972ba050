using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge;

/// <summary>
/// Steps 6 and 7 of a session: carries bytes until a side ends, then ends the other in order. Three things can end it, and each has its method:
/// the client, the worker, or a request of the bridge.
/// </summary>
/// <remarks>
/// After its end-of-input the worker's connection swallows what is written to it, and after its close frame so does the client's. So the pumps
/// can go on unchanged to the end: they never have to be told.
/// </remarks>
/// <param name="session">The session.</param>
/// <param name="client">Its client.</param>
/// <param name="worker">Its worker.</param>
/// <param name="connection">What the worker connected back with.</param>
/// <param name="options">Sizes and deadlines.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="clientGone">Cancelled when the client's connection has ended; what came before may still be unread.</param>
internal sealed class SessionRun(
    Session session, WebSocketConnection client, IWorker worker, BackConnection connection, BridgeOptions options, TimeProvider timeProvider,
    CancellationToken clientGone)
{
    private readonly ClosingOptions _closing = options.Closing;
    private Task<PumpResult> _toWorker = null!;
    private Task<PumpResult> _toClient = null!;
    private Task<PumpResult> _output = null!;
    private Task? _workerStop;

    /// <summary>Serves the client until its side is over; the worker may still have its grace.</summary>
    public async Task<SessionEnd> ServeAsync()
    {
        var output = new StreamSource(worker.Output, options.Pump.BufferSize);
        _toWorker = Pump.RunAsync(client, connection);
        _toClient = Pump.RunAsync(connection, client);
        _output = Pump.RunAsync(output, session.Route.IgnoreStdout ? NullSink.Instance : client);

        var lost = ClientLostAsync();

        await Task.WhenAny(_toWorker, _toClient, session.EndRequested, lost);
        return session.EndRequested.IsCompleted ? await EndByRequestAsync(await session.EndRequested)
            : client.End is { } clientEnd ? await EndByClientAsync(clientEnd)
            : lost.IsCompleted && !_toWorker.IsCompleted ? await EndByClientAsync(ClientEnd.Gone)
            : await EndByWorkerAsync();
    }

    /// <summary>Lets the worker finish or ends it, and returns when nothing of it is left.</summary>
    public async Task FinishAsync()
    {
        await StopWorker();
        await session.Within(_closing.TailTimeout, Task.WhenAll(_toClient, _output, session.ErrorsRelayed));
        connection.Dispose();
        await worker.DisposeAsync();
        await Task.WhenAll(_toWorker, _toClient, _output);
    }

    /// <summary>
    /// Completes when the client's connection has ended while the worker takes nothing: then nobody reads up to that end. A worker that still
    /// takes what came before it is let.
    /// </summary>
    private async Task ClientLostAsync()
    {
        await Task.WhenAny(_toWorker, Task.Delay(Timeout.Infinite, clientGone));
        long before;
        do
            before = client.Traffic.BytesReceived;
        while (!await session.Within(_closing.WorkerGrace, _toWorker) && client.Traffic.BytesReceived != before);
    }

    /// <summary>The client closed, left or broke the rules: the worker gets end-of-file, and what it still says goes out before our close frame.</summary>
    private async Task<SessionEnd> EndByClientAsync(ClientEnd end)
    {
        connection.EndInput();
        if (end.Kind != ClientEndKind.Gone)
        {
            await session.Within(_closing.TailTimeout, Task.WhenAll(_toClient, _output));
            if (end.Violation is { } refusal)
                await CloseAsync(refusal.CloseCode!.Value, refusal.Reason);
            else
                await SendCloseAsync(end.CloseCode, "");
        }

        return SessionEnd.OfClient(end);
    }

    /// <summary>The worker closed its connection: its exit status decides the close code, if it comes while the rest of its output goes out.</summary>
    private async Task<SessionEnd> EndByWorkerAsync()
    {
        await session.Within(Timeout.InfiniteTimeSpan, Task.WhenAny(_toClient, session.EndRequested));
        _ = StopWorker();
        await WhileClientTakes(_closing.TailTimeout, Task.WhenAll(worker.Exited, _output));
        var end = SessionEnd.OfWorker(worker.Exited);
        await CloseAsync(end.CloseCode, end.CloseCode == CloseCode.Normal ? "" : Refusals.WorkerFailed.Reason);
        return end;
    }

    /// <summary>A limit, a timeout or the drain: the worker gets end-of-file and a moment for last words.</summary>
    private async Task<SessionEnd> EndByRequestAsync(Refusal refusal)
    {
        connection.EndInput();
        if (refusal == Refusals.WorkerTimeout)
            worker.Signal(StopSignal.Terminate);
        await session.Within(_closing.TailTimeout, Task.WhenAll(_toClient, _output));
        await CloseAsync(refusal.CloseCode!.Value, refusal.Reason);
        return SessionEnd.Refused(refusal);
    }

    /// <summary>Sends our close frame and waits for the client's: a moment, or as long as the client takes what comes before it.</summary>
    private async Task CloseAsync(int code, string reason)
    {
        await SendCloseAsync(code, reason);
        var isRead = await WhileClientTakes(_closing.CloseTimeout, _toWorker);
        using var deadline = new CancellationTokenSource(_closing.CloseTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, session.Aborted);

        // The pump to the worker is the reader while it runs; if it stopped because the worker takes nothing, we read in its place.
        if (isRead)
            await client.AwaitCloseAsync(either.Token);
    }

    private async Task SendCloseAsync(int code, string reason)
    {
        using var givenUp = new CancellationTokenSource();
        var sending = client.CloseAsync(code, reason, givenUp.Token);
        if (!await WhileClientTakes(_closing.CloseTimeout, sending))
            await givenUp.CancelAsync();
        await sending;
    }

    /// <summary>Waits for the task; gives up, and says false, when the client has taken nothing for the time of the timeout.</summary>
    private async Task<bool> WhileClientTakes(TimeSpan timeout, Task task)
    {
        long before;
        do
            before = client.Progress;
        while (!await session.Within(timeout, task) && client.Progress != before && !session.Aborted.IsCancellationRequested);
        return task.IsCompleted;
    }

    private Task StopWorker()
    {
        connection.EndInput();
        return _workerStop ??= WorkerStop.StopAsync(worker, _closing, timeProvider, session.Aborted);
    }
}
