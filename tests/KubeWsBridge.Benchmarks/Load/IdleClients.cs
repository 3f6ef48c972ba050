using System.Net.Sockets;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>Clients that come a few at a time, have one message echoed, and from then on only answer pings, until they are disposed.</summary>
internal sealed class IdleClients : IDisposable
{
    private const int AtATime = 16;
    private const int Size = 64;
    private const int PingFrame = 0x89;
    private const byte PongFrame = 0x8A;

    private readonly Socket[] _sockets;
    private readonly MessageRing _greeting = new(Wire.WebSocket, Size, 1);
    private readonly Poller _poller = new();
    private readonly Thread _answering;
    private volatile bool _disposed;
    private volatile string? _failure;

    /// <summary>Opens them; all have had their echo when it returns.</summary>
    /// <exception cref="BenchmarkException">One could not connect, or got something else back.</exception>
    public IdleClients(int port, int count)
    {
        _sockets = new Socket[count];
        _answering = new Thread(Answer) { IsBackground = true, Name = "idle clients" };
        _answering.Start();
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, index => Open(port, index));
        }
        catch (AggregateException exception)
        {
            Dispose();
            throw new BenchmarkException(exception.InnerException!.Message);
        }
    }

    /// <summary>Fails when one of them has lost its connection.</summary>
    public void Check()
    {
        if (_failure is { } failure)
            throw new BenchmarkException(failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _answering.Join();
        foreach (var socket in _sockets)
            socket?.Dispose();
        _poller.Dispose();
    }

    private void Open(int port, int index)
    {
        var socket = _sockets[index] = Connector.Open(port, Wire.WebSocket);
        socket.Send(_greeting.Bytes, _greeting.MessageLength, SocketFlags.None);
        var reader = new FrameReader(Wire.WebSocket);
        Span<byte> bytes = stackalloc byte[Size];
        for (var echoed = 0; echoed < Size;)
        {
            var count = socket.Receive(bytes[..Math.Min(bytes.Length, Size - echoed)]);
            if (count == 0)
                throw new BenchmarkException("the connection ended before the echo");
            ReadOnlySpan<byte> input = bytes[..count];
            for (var piece = reader.Next(ref input); !piece.IsEmpty; piece = reader.Next(ref input))
            {
                if (!piece.SequenceEqual(_greeting.Payload.AsSpan(echoed, piece.Length)))
                    throw new BenchmarkException("what came back is not what was sent");
                echoed += piece.Length;
            }
        }

        _poller.Add((int)socket.SafeHandle.DangerousGetHandle(), index);
    }

    private void Answer()
    {
        Span<byte> frame = stackalloc byte[256];
        while (!_disposed && _failure is null)
        {
            for (var index = _poller.Wait(Poller.In(TimeSpan.FromMilliseconds(50))) - 1; index >= 0; index--)
                Answer(_sockets[_poller.Event(index).Key], frame);
        }
    }

    /// <summary>A server has nothing to say to an idle client but pings, and sends each in one piece.</summary>
    private void Answer(Socket socket, Span<byte> frame)
    {
        try
        {
            var count = socket.Receive(frame);
            for (var rest = frame[..count]; _failure is null; rest = rest[(2 + rest[1])..])
            {
                if (count == 0 || (rest.Length > 0 && (rest[0] != PingFrame || rest.Length < 2 + rest[1])))
                    _failure = "an idle client was told something else than a ping";
                else if (rest.IsEmpty)
                    return;
                else
                    socket.Send([PongFrame, (byte)(0x80 | rest[1]), 0, 0, 0, 0, .. rest.Slice(2, rest[1])]);
            }
        }
        catch (SocketException exception)
        {
            _failure = $"an idle client lost its connection: {exception.Message}";
        }
    }
}
