using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Fuzz.Scenarios;
using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Playing;

/// <summary>Plays the client of a scenario on a connection of its own.</summary>
internal sealed class Client : IDisposable
{
    private readonly Scenario _scenario;
    private readonly int _port;
    private readonly Action _goesOn;
    private readonly CancellationToken _deadline;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ClientReader _reader;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="scenario">What to do.</param>
    /// <param name="port">Where the bridge listens on loopback.</param>
    /// <param name="goesOn">Called whenever it gets something done.</param>
    /// <param name="deadline">When to give up.</param>
    public Client(Scenario scenario, int port, Action goesOn, CancellationToken deadline)
    {
        (_scenario, _port, _goesOn, _deadline) = (scenario, port, goesOn, deadline);
        _reader = new ClientReader(_socket, Seen, deadline);

        // Before the connection is made: the window is agreed then.
        if (scenario.ReceiveBuffer > 0)
            _socket.ReceiveBufferSize = scenario.ReceiveBuffer;
        if (scenario.SendBuffer > 0)
            _socket.SendBufferSize = scenario.SendBuffer;
    }

    /// <summary>What it has seen, also when it gave up.</summary>
    public Sighting Seen { get; } = new();

    /// <summary>Plays to the end of the connection; false when that did not come in time.</summary>
    public async Task<bool> PlayAsync()
    {
        var reading = Task.CompletedTask;
        try
        {
            await _socket.ConnectAsync(IPAddress.Loopback, _port, _deadline);
            reading = _reader.ReadAsync();
            await SendAsync().WaitAsync(_deadline);
            await LeaveAsync().WaitAsync(_deadline);
            await Seen.EndAsync().WaitAsync(_deadline);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (SocketException exception)
        {
            Seen.Ended($"no connection: {exception.SocketErrorCode}");
            return true;
        }
        finally
        {
            _socket.Dispose();
            await reading;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task SendAsync()
    {
        byte[] bytes = [.. _scenario.Handshake, .. _scenario.Frames];
        var at = 0;
        foreach (var step in _scenario.Steps)
        {
            var piece = bytes.AsMemory(at, step.Kind == StepKind.Send ? step.Amount : 0);
            if (!await TakeAsync(step, piece))
                return;
            at += piece.Length;
        }
    }

    /// <summary>False when the bridge takes no more.</summary>
    private async Task<bool> TakeAsync(Step step, ReadOnlyMemory<byte> piece)
    {
        switch (step.Kind)
        {
            case StepKind.Send:
                return await TrySendAsync(piece);
            case StepKind.Pause:
                await Task.Delay(step.Amount, _deadline);
                break;
            case StepKind.Stall:
                _reader.StallFor(step.Amount);
                break;
            case StepKind.AwaitUpgrade:
                await Seen.StatusAsync();
                break;
            case StepKind.AwaitData:
                await Seen.DataAsync(step.Amount);
                break;
            default:
                await Seen.PongsAsync(step.Amount);
                break;
        }

        return true;
    }

    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, _deadline)..];
                _goesOn();
            }

            return true;
        }
        catch (SocketException)
        {
            return false; // the bridge has seen enough; the reader sees how
        }
    }

    private async Task LeaveAsync()
    {
        switch (_scenario.Ending)
        {
            case Ending.Reset:
                Reset();
                return;
            case Ending.HalfClose:
                await Seen.StatusAsync(); // before it a half-close calls the session off
                HalfClose();
                return;
            case Ending.Refusal:
                await Seen.StatusAsync();
                HalfClose();
                return;
        }

        await Seen.CloseAsync();
        if (_scenario.Leaving == Leaving.Resetting)
        {
            Reset();
            return;
        }

        if (_scenario.Leaving != Leaving.Silently && _scenario.Ending != Ending.Close && Seen.Close is { } close)
            await TrySendAsync(ClientFrames.Frame(8, close.Payload));
        if (_scenario.Leaving != Leaving.Politely)
            HalfClose();
    }

    private void Reset()
    {
        Seen.Ended("left");
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    private void HalfClose()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The bridge was faster.
        }
    }
}
