using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge;

/// <summary>A session's data path over any stream of the server's: TLS, HTTP/2, systems without epoll.</summary>
/// <param name="client">The client's end.</param>
/// <param name="worker">The worker's end.</param>
/// <param name="clientGone">Cancelled when the client's connection has ended; what came before may still be unread.</param>
internal sealed class StreamDataPath(WebSocketConnection client, IWorkerConnection worker, CancellationToken clientGone) : IDataPath
{
    private readonly TaskCompletionSource _clientLost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task ToWorker { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public Task ToClient { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public Task ClientLost => _clientLost.Task;

    /// <inheritdoc/>
    public IPumpSink Output => client;

    /// <inheritdoc/>
    public ClientEnd? End => client.End;

    /// <inheritdoc/>
    public WorkerEnd? WorkerEnd => worker.End;

    /// <inheritdoc/>
    public bool ClientListens => false;

    /// <inheritdoc/>
    public Traffic Traffic => client.Traffic;

    /// <inheritdoc/>
    public long Progress => client.Progress;

    /// <inheritdoc/>
    public void Start()
    {
        ToWorker = Pump.RunAsync(client, worker);
        ToClient = RunToClientAsync();
        clientGone.UnsafeRegister(static lost => ((TaskCompletionSource)lost!).TrySetResult(), _clientLost);
    }

    /// <inheritdoc/>
    public void EndInput(int code, string reason) => worker.EndInput(code, reason);

    /// <inheritdoc/>
    public bool CanAnnounceEnd => worker.CanAnnounceEnd;

    /// <inheritdoc/>
    public bool AnnounceEnd(TimeSpan left) => worker.AnnounceEnd(left);

    /// <inheritdoc/>
    public Task<bool> CloseAsync(int code, string reason, CancellationToken cancellationToken) => client.CloseAsync(code, reason, cancellationToken);

    /// <inheritdoc/>
    public Task AwaitCloseAsync(CancellationToken cancellationToken) => client.AwaitCloseAsync(cancellationToken);

    /// <inheritdoc/>
    public bool Heartbeat() => client.Heartbeat();

    /// <inheritdoc/>
    public void Abort() => client.Abort();

    /// <inheritdoc/>
    public Task DetachAsync() => client.DetachAsync();

    /// <inheritdoc/>
    public void DropWorker() => worker.Dispose();

    private async Task<PumpResult> RunToClientAsync()
    {
        var result = await Pump.RunAsync(worker, client);
        worker.OutputEnded();
        client.EndMessages();
        return result;
    }
}
