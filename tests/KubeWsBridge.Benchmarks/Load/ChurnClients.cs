using System.Diagnostics;
using System.Net.Sockets;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>Clients that connect, send one byte, wait for its echo, close in order and begin anew, each on a thread of its own.</summary>
internal sealed class ChurnClients(int port, Wire wire, int clients)
{
    private static readonly byte[] CloseFrame = [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8];
    private readonly Lock _lock = new();
    private readonly MessageRing _message = new(wire, 1, 1);
    private volatile string? _failure;

    /// <summary>From before the connect to the first echoed byte.</summary>
    public Histogram FirstEcho { get; } = new();

    /// <summary>Runs for so long and returns how many connections were made in what time.</summary>
    public LoadResult Run(TimeSpan duration)
    {
        var begin = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, clients).Select(_ => new Thread(() => Loop(begin, duration))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return _failure is { } failure
            ? throw new BenchmarkException(failure)
            : new LoadResult(FirstEcho.Count, Stopwatch.GetElapsedTime(begin));
    }

    private void Loop(long begin, TimeSpan duration)
    {
        while (Stopwatch.GetElapsedTime(begin) < duration && _failure is null)
        {
            try
            {
                Once();
            }
            catch (Exception exception) when (exception is BenchmarkException or SocketException)
            {
                _failure = exception.Message;
            }
        }
    }

    private void Once()
    {
        var start = Stopwatch.GetTimestamp();
        using var socket = Connector.Open(port, wire);
        socket.Send(_message.Bytes, _message.MessageLength, SocketFlags.None);
        ReadEcho(socket);
        var took = Stopwatch.GetElapsedTime(start);
        lock (_lock)
            FirstEcho.Record((long)took.TotalNanoseconds);

        if (wire == Wire.WebSocket)
            socket.Send(CloseFrame);
        else
            socket.Shutdown(SocketShutdown.Send);
        Span<byte> rest = stackalloc byte[256];
        while (socket.Receive(rest) > 0)
        {
        }
    }

    private void ReadEcho(Socket socket)
    {
        var reader = new FrameReader(wire);
        Span<byte> bytes = stackalloc byte[16];
        while (true)
        {
            // One byte at a time of four at most: what is behind the echo stays for the close.
            var count = socket.Receive(bytes[..1]);
            if (count == 0)
                throw new BenchmarkException("the connection ended before the echo");
            ReadOnlySpan<byte> input = bytes[..count];
            if (!reader.Next(ref input).IsEmpty)
                return;
        }
    }
}
