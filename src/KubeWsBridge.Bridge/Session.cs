using System.Diagnostics.CodeAnalysis;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge;

/// <summary>One WebSocket connection, from admission until everything that belonged to it is gone.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor wait handle, and may be cancelled at any time.")]
public sealed class Session
{
    private readonly TimeProvider _timeProvider;
    private readonly TaskCompletionSource<Refusal> _endRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _aborted = new();
    private IDataPath? _path;
    private Task? _errors;
    private long _workerStartedAt;
    private long _carried;

    internal Session(Guid id, SessionMetadata metadata, RouteOptions route, TimeProvider timeProvider)
    {
        (Id, Metadata, Route, _timeProvider) = (id, metadata, route, timeProvider);
        ActiveAt = OpenedAt = timeProvider.GetTimestamp();
    }

    /// <summary>The id workers know it by.</summary>
    public Guid Id { get; }

    /// <summary>The request that opened it; its headers only until the worker has started.</summary>
    public SessionMetadata Metadata { get; private set; }

    /// <summary>The route it came in by.</summary>
    public RouteOptions Route { get; }

    /// <summary>How long it may live; <see cref="TimeSpan.Zero"/> (the default) for no limit.</summary>
    internal TimeSpan ConnectionTimeout { get; init; }

    /// <summary>How long its worker may run; <see cref="TimeSpan.Zero"/> (the default) for no limit.</summary>
    internal TimeSpan WorkerTimeout { get; init; }

    /// <summary>When it was admitted, as a <see cref="TimeProvider"/> timestamp.</summary>
    public long OpenedAt { get; }

    /// <summary>How far it has come.</summary>
    public SessionState State =>
        EndRequested.IsCompleted || _path is { End: not null } ? SessionState.Ending : _path is null ? SessionState.Launching : SessionState.Open;

    /// <summary>The worker's process; null before it is launched, or when its launcher has none to give.</summary>
    public int? WorkerProcessId { get; private set; }

    /// <summary>What it has carried; null until upgraded.</summary>
    public Traffic? Traffic => _path?.Traffic;

    /// <summary>When it was last seen to carry something, as a timestamp; the clock looks about once a second.</summary>
    public long ActiveAt { get; private set; }

    /// <summary>Whether its worker can be told that the session will be ended: it is there, and its framing has a word for that.</summary>
    public bool CanHearOfEnd => _path?.CanAnnounceEnd == true;

    /// <summary>Completes when the client, the worker and all they held are gone; never faults.</summary>
    public Task Completion => _completed.Task;

    /// <summary>Completes when somebody asks for the session's end.</summary>
    internal Task<Refusal> EndRequested => _endRequested.Task;

    /// <summary>Cancelled when there is no time left to be polite.</summary>
    internal CancellationToken Aborted => _aborted.Token;

    /// <summary>
    /// Tells the worker that the session will be ended, so that it can end it by itself; false when it can't be told, because it speaks no framing
    /// with a word for that, or is not there yet.
    /// </summary>
    /// <param name="left">How long until then.</param>
    public bool AnnounceEnd(TimeSpan left) => _path?.AnnounceEnd(left) == true;

    /// <summary>Asks for an orderly end; the first to ask gives the reason.</summary>
    public void RequestEnd(Refusal refusal) => _endRequested.TrySetResult(refusal);

    /// <summary>Ends it at once: the client's connection is cut, the worker killed.</summary>
    public void Abort(Refusal refusal)
    {
        RequestEnd(refusal);
        _aborted.Cancel();
        _path?.Abort();
    }

    /// <summary>Remembers what carries its bytes; the client's heart is watched from now on.</summary>
    internal void Upgraded(IDataPath path, string? subprotocol)
    {
        // A browser's headers are the largest part of what an idle session would hold.
        Metadata = Metadata with { Headers = [], Subprotocol = subprotocol };

        // A full fence: either we see the abort here, or the abort sees the path.
        Interlocked.Exchange(ref _path, path);
        if (_aborted.IsCancellationRequested)
            path.Abort();
    }

    /// <summary>Completes when the worker's stderr has ended and is logged.</summary>
    internal Task ErrorsRelayed
    {
        get
        {
            // A finished relay is let go of: it keeps the size of what it once held, and a session can outlive its worker by hours.
            if (_errors is { IsCompleted: true })
                _errors = null;
            return _errors ?? Task.CompletedTask;
        }
    }

    /// <summary>Starts the worker's clock, and to log what it writes to stderr.</summary>
    internal void WorkerStarted(IWorker worker, ILogger logger)
    {
        _workerStartedAt = _timeProvider.GetTimestamp();
        WorkerProcessId = worker.ProcessId;
        _errors = ErrorLineRelay.RunAsync(worker.Errors, new ErrorLineLog(logger), _timeProvider, CancellationToken.None);
    }

    /// <summary>Looks at all of the session's clocks; there are no timers of its own.</summary>
    internal void Tick()
    {
        if (Traffic is { } traffic && traffic.BytesReceived + traffic.BytesSent + traffic.MessagesReceived + traffic.MessagesSent is var carried
            && carried != _carried)
            (_carried, ActiveAt) = (carried, _timeProvider.GetTimestamp());
        if (ConnectionTimeout > TimeSpan.Zero && _timeProvider.GetElapsedTime(OpenedAt) >= ConnectionTimeout)
            RequestEnd(Refusals.ConnectionTimeout);
        else if (WorkerTimeout > TimeSpan.Zero && _workerStartedAt != 0 && _timeProvider.GetElapsedTime(_workerStartedAt) >= WorkerTimeout)
            RequestEnd(Refusals.WorkerTimeout);
        else if (_path?.Heartbeat() == false)
            RequestEnd(Refusals.HeartbeatTimeout);
    }

    /// <summary>Says that nothing of the session is left.</summary>
    internal void Complete() => _completed.TrySetResult();

    /// <summary>Waits for the task for as long as the deadline lets, or until the session is aborted.</summary>
    internal Task<bool> Within(TimeSpan timeout, Task task) => task.EndsWithin(timeout, _timeProvider, Aborted);
}
