using System.Diagnostics.CodeAnalysis;
using KubeWsBridge.Bridge.Linux;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>Ends a client's connection in order: what it was sent goes out, then our end-of-file, then its own is awaited for a moment.</summary>
/// <remarks>
/// Closing at once would send a reset when something of the client's is still unread, and that may overtake our last words. A client that takes
/// nothing for the time of the timeout is cut, or it would hold the connection, which no session counts any more, for as long as it likes.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor wait handle.")]
internal sealed class Parting(SocketEnd client, SocketLoop loop, SocketPathSettings settings) : ISocketEndOwner
{
    private readonly CancellationTokenSource _ended = new();
    private bool _clientEnded;

    /// <summary>Takes the client over; on the loop's thread.</summary>
    public void Begin()
    {
        client.Owner = this;
        if (!client.IsBlocked)
            client.EndOutput();
        client.Read(true);
        _ = WatchAsync();
    }

    /// <inheritdoc/>
    public void OnReadable(SocketEnd end)
    {
        var count = client.Receive(loop.Buffer);
        if (count > 0 || count == -Errno.Again)
            return;

        // A client that has ended its direction may still take what waits for it.
        _clientEnded = true;
        if (count == 0 && client.IsBlocked)
            client.Read(false);
        else
            Close(reset: false);
    }

    /// <inheritdoc/>
    public void OnUnblocked(SocketEnd end)
    {
        if (_clientEnded)
            Close(reset: false);
        else
            client.EndOutput();
    }

    /// <inheritdoc/>
    public void OnPeerEnded(SocketEnd end)
    {
        if (!client.IsBlocked)
            Close(reset: false);
    }

    /// <inheritdoc/>
    public void OnFault(Exception exception)
    {
        settings.Fault(exception);
        Close(reset: true);
    }

    private async Task WatchAsync()
    {
        var gauge = new DeliveryGauge(client.Socket);
        long before;
        do
        {
            before = gauge.Acknowledged;
            await Task.Delay(settings.CloseTimeout, settings.TimeProvider, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!_ended.IsCancellationRequested && (client.IsBlocked || gauge.IsHeldUp) && gauge.Acknowledged != before);

        if (!_ended.IsCancellationRequested)
            loop.Events.Post(() => Close(reset: client.IsBlocked || gauge.IsHeldUp));
    }

    private void Close(bool reset)
    {
        client.Close(reset);
        _ended.Cancel();
    }
}
