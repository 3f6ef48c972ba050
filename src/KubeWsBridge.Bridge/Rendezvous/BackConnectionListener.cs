using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>Accepts back-connections, reads their hello line and brings each to the session that waits for it.</summary>
internal sealed class BackConnectionListener : IAsyncDisposable
{
    /// <summary>Most connections that have not said who they are; a worker says it at once, so more are a fault or an attack.</summary>
    private const int MaxStrangers = 1024;

    private readonly RendezvousTable _table;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly WorkerSocket _listening;
    private readonly IDoorway _doorway;
    private volatile RendezvousOptions _options;
    private Task _accepting = Task.CompletedTask;
    private int _strangers;

    /// <summary>Binds at once, so that the address is known and a failure is a failed start.</summary>
    /// <exception cref="SocketException">The TCP address cannot be bound.</exception>
    /// <exception cref="IOException">The unix socket cannot be bound.</exception>
    public BackConnectionListener(RendezvousOptions options, RendezvousTable table, TimeProvider timeProvider, ILogger logger)
    {
        (_options, _table, _timeProvider, _logger) = (options, table, timeProvider, logger);
        _listening = WorkerSocket.Listen(options);
        _doorway = OperatingSystem.IsLinux() ? new DescriptorDoorway(_listening.Socket) : new SocketDoorway(_listening.Socket);
    }

    /// <summary>Where workers connect back to.</summary>
    public WorkerAddress Address => _listening.Address;

    /// <summary>How it meets workers; another address takes no effect.</summary>
    public RendezvousOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>Starts accepting.</summary>
    public void Start() => _accepting = AcceptAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        _listening.Dispose();
        _doorway.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var stranger = await _doorway.AcceptAsync(_stopping.Token);
                if (Interlocked.Increment(ref _strangers) > MaxStrangers)
                {
                    RendezvousLog.TooManyStrangers(_logger, MaxStrangers);
                    Interlocked.Decrement(ref _strangers);
                    stranger.Dispose();
                    continue;
                }

                _ = GreetAsync(stranger);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // Out of descriptors, or a connection reset while it waited: neither ends the listener, and the pause keeps it from spinning.
                RendezvousLog.AcceptFailed(_logger, exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(50), _timeProvider, CancellationToken.None);
            }
        }
    }

    private async Task GreetAsync(IStranger stranger)
    {
        var met = false;
        var patience = _options.HelloTimeout;
        try
        {
            using var deadline = new CancellationTokenSource(patience, _timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stopping.Token);
            met = await ReadHelloAsync(stranger, either.Token);
        }
        catch (OperationCanceledException)
        {
            if (!_stopping.IsCancellationRequested)
                RendezvousLog.HelloTimeout(_logger, patience.TotalSeconds);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            RendezvousLog.HelloEnded(_logger);
        }
        finally
        {
            Interlocked.Decrement(ref _strangers);
            if (!met)
                stranger.Dispose();
        }
    }

    private async ValueTask<bool> ReadHelloAsync(IStranger stranger, CancellationToken cancellationToken)
    {
        // Read no further than the longest line: what a worker sends after it stays in the kernel, where it costs us nothing.
        var received = new byte[HelloLine.MaxLength];
        var count = 0;
        while (true)
        {
            var read = await stranger.ReceiveAsync(received.AsMemory(count), cancellationToken);
            if (read == 0)
            {
                RendezvousLog.HelloEnded(_logger);
                return false;
            }

            count += read;
            switch (HelloLine.Parse(received.AsSpan(0, count), out var id, out var hello, out var length))
            {
                case HelloResult.Malformed:
                    RendezvousLog.HelloMalformed(_logger);
                    return false;
                case HelloResult.Complete:
                    if (_table.TryMeet(id, stranger.Introduce(hello, received[length..count])))
                        return true;
                    RendezvousLog.UnknownId(_logger, id);
                    return false;
            }
        }
    }
}
