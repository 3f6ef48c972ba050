using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>
/// A session's data path over two plain sockets on one loop. Whatever is asked of it is done on the loop's thread, and whatever it tells is told on
/// others: nothing of a session's course ever holds up the loop.
/// </summary>
internal sealed class SocketDataPath : IDataPath, IPumpSink, ISocketEndOwner
{
    private readonly TaskCompletionSource _clientLost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketLoop _loop;
    private readonly SocketEnd _client;
    private readonly SocketEnd _worker;
    private readonly Pulse _pulse;
    private readonly ClientToWorker _toWorker;
    private readonly WorkerToClient _toClient;
    private readonly DeliveryGauge _gauge;
    private readonly SocketPathSettings _settings;
    private SocketPathStart? _start;
    private bool _detached;

    /// <summary>Takes both sockets over; nothing moves before <see cref="Start"/>.</summary>
    public SocketDataPath(SocketPathStart start, SocketLoop loop, SocketPathSettings settings)
    {
        (_start, _loop, _settings) = (start, loop, settings);
        _client = new SocketEnd(start.Client, loop.Events, this);
        _worker = new SocketEnd(start.Worker, loop.Events, this);
        _gauge = new DeliveryGauge(start.Client);
        _pulse = new Pulse(settings.WebSockets.HeartbeatInterval, settings.TimeProvider);
        var pace = start.WorkerIsTcp ? new WorkerPace(settings.TimeProvider) : null;
        var framed = start.Framing == WorkerFraming.Messages;
        _toClient = new WorkerToClient(
            _client, _worker, loop.Buffer, settings.ReadSize, _pulse, Traffic, pace, framed ? new FramesToClient() : null);
        var batch = framed ? new WorkerBatch(_worker, loop, new FramesToWorker(start.WantsPings, settings.TimeProvider)) : null;
        _toWorker = new ClientToWorker(_client, _worker, _toClient, loop.Buffer, settings.WebSockets, _pulse, Traffic, pace, batch);
    }

    /// <inheritdoc/>
    public Task ToWorker => _toWorker.Done;

    /// <inheritdoc/>
    public Task ToClient => _toClient.Done;

    /// <inheritdoc/>
    public Task ClientLost => _clientLost.Task;

    /// <inheritdoc/>
    public IPumpSink Output => this;

    /// <inheritdoc/>
    public ClientEnd? End => _toWorker.End;

    /// <inheritdoc/>
    public WorkerEnd? WorkerEnd => _toClient.WorkerEnd;

    /// <inheritdoc/>
    public bool ClientListens => _toClient.ClientListens;

    /// <inheritdoc/>
    public Traffic Traffic { get; } = new();

    /// <inheritdoc/>
    public long Progress => Traffic.BytesSent + _gauge.Acknowledged;

    /// <inheritdoc/>
    public void Start() => Post(() =>
    {
        var start = _start!;
        _start = null;
        _toClient.Start(start.WorkersFirstBytes);
        _toWorker.Start(start.ClientsFirstBytes);
    });

    /// <inheritdoc/>
    public async ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken)
    {
        var printed = new PrintedChunk(chunk);
        Post(() => _toClient.Print(printed));
        await printed.Done.Task; // not to be given up: the buffer is the loop's until then
    }

    /// <inheritdoc/>
    public void EndInput(int code, string reason) => Post(() => _toWorker.EndInput(code, reason));

    /// <inheritdoc/>
    public bool CanAnnounceEnd => !_toWorker.IsRaw;

    /// <inheritdoc/>
    public bool AnnounceEnd(TimeSpan left)
    {
        if (!CanAnnounceEnd)
            return false;
        Post(() => _toWorker.AnnounceEnd(left));
        return true;
    }

    /// <inheritdoc/>
    public async Task<bool> CloseAsync(int code, string reason, CancellationToken cancellationToken)
    {
        var frame = new ClosingFrame(code, reason);
        Post(() => _toClient.Close(frame));
        await Patiently(frame.Done.Task, cancellationToken);
        return frame.Done.Task is { IsCompletedSuccessfully: true, Result: true };
    }

    /// <inheritdoc/>
    public Task AwaitCloseAsync(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => _toWorker.AwaitClose(closed));
        return Patiently(closed.Task, cancellationToken);
    }

    /// <inheritdoc/>
    public bool Heartbeat()
    {
        if (_pulse.HasStopped)
            return false;
        if (_pulse.IsPingDue)
        {
            _pulse.Pinged();
            Post(_toClient.Ping);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Abort() => Post(() => Detach(politely: false));

    /// <inheritdoc/>
    public Task DetachAsync()
    {
        var detached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            Detach(politely: _toWorker.HasEnded);
            detached.SetResult();
        });
        return detached.Task;
    }

    /// <inheritdoc/>
    public void DropWorker() => Post(() =>
    {
        _worker.Close();
        _toClient.DropWorker();
        _toWorker.Settle();
    });

    /// <inheritdoc/>
    void ISocketEndOwner.OnReadable(SocketEnd end)
    {
        if (end == _client)
            _toWorker.OnReadable();
        else
            _toClient.OnReadable();
    }

    /// <inheritdoc/>
    void ISocketEndOwner.OnUnblocked(SocketEnd end)
    {
        // Either way may have waited for either end: pongs go to the client, and the client waits for them.
        _toClient.Settle();
        _toWorker.Settle();
    }

    /// <inheritdoc/>
    void ISocketEndOwner.OnPeerEnded(SocketEnd end)
    {
        if (end == _client)
            _clientLost.TrySetResult();
    }

    /// <inheritdoc/>
    void ISocketEndOwner.OnFault(Exception exception) => Fail(exception);

    private static Task Patiently(Task task, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? GiveUpAsync(task, cancellationToken) : task;

    private static async Task GiveUpAsync(Task task, CancellationToken cancellationToken) =>
        await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Post(Action action) => _loop.Events.Post(() =>
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    });

    private void Detach(bool politely)
    {
        if (_detached)
            return;
        _detached = true;
        if (politely)
            new Parting(_client, _loop, _settings).Begin();
        else
            _client.Close();
        _toClient.Leave();
        _toWorker.Leave();
    }

    /// <summary>Whatever went wrong in one session ends this session only.</summary>
    private void Fail(Exception exception)
    {
        _settings.Fault(exception);
        _client.Close(reset: true);
        _worker.Close();
        _detached = true;
        _toClient.Leave(); // first, because nothing is sent from then on that could go wrong again
        _toClient.DropWorker();
        _toWorker.Leave();
    }
}
