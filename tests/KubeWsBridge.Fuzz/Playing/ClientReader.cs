using System.Net.Sockets;

namespace KubeWsBridge.Fuzz.Playing;

/// <summary>Reads all that comes on a client's connection, except while it stalls.</summary>
/// <param name="socket">The connection.</param>
/// <param name="seen">Told what came, and how it ended.</param>
/// <param name="deadline">When to give up.</param>
internal sealed class ClientReader(Socket socket, Sighting seen, CancellationToken deadline)
{
    private const int BufferSize = 65_536;
    private volatile Task _stall = Task.CompletedTask;

    /// <summary>From the next read on it reads nothing for so many milliseconds.</summary>
    public void StallFor(int milliseconds) => _stall = Task.Delay(milliseconds, deadline);

    /// <summary>Reads to the end of the connection; what is wrong with it is its end.</summary>
    public async Task ReadAsync()
    {
        var reader = new AnswerReader(seen);
        try
        {
            await ReadAsync(reader);
            seen.Ended(reader.IsInside ? "fin inside a frame" : "fin");
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            seen.Ended(reader.IsInside ? "reset inside a frame" : "reset");
        }
        catch (OperationCanceledException)
        {
            // Given up: the sighting stays without an end.
        }
        catch (InvalidDataException exception)
        {
            seen.Ended(exception.Message);
        }
    }

    private async Task ReadAsync(AnswerReader reader)
    {
        var buffer = new byte[BufferSize];
        while (true)
        {
            await _stall;
            var count = await socket.ReceiveAsync(buffer, deadline);
            if (count == 0)
                return;
            reader.Read(buffer.AsSpan(0, count));
        }
    }
}
