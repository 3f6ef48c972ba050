using System.Net.Sockets;
using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The worker's end of a session in <c>raw</c> framing: bytes as they come, both ways.</summary>
/// <param name="arrival">What this instance takes over.</param>
/// <param name="readSize">Most bytes of one chunk.</param>
/// <param name="timeProvider">Tells a worker that was held up.</param>
internal sealed class BackConnection(Arrival arrival, int readSize, TimeProvider timeProvider) : IPumpSource, IPumpSink, IDisposable
{
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;
    private static readonly byte[] On = [1, 0, 0, 0];

    private readonly Socket _socket = arrival.TakeSocket();
    private readonly WorkerPace? _pace = arrival.IsTcp && OperatingSystem.IsLinux() ? new WorkerPace(timeProvider) : null;
    private byte[] _firstBytes = arrival.FirstBytes;
    private PumpBuffer _buffer;
    private volatile bool _inputEnded;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PumpChunk> ReadAsync(CancellationToken cancellationToken)
    {
        if (_firstBytes.Length > 0)
            return TakeFirstBytes();

        while (true)
        {
            if (TryReceive(out var chunk))
                return chunk;
            _buffer.Release();
            await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken)
    {
        _pace?.Give();
        for (var sent = 0; sent < chunk.Length && !_inputEnded;)
            sent += await _socket.SendAsync(chunk.Memory[sent..], SocketFlags.None, cancellationToken);
    }

    /// <summary>Gives the worker end-of-file on its input; what is written later is swallowed. Harmless when the connection is gone.</summary>
    public void EndInput()
    {
        _inputEnded = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The worker was faster: there is nobody left to tell.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private PumpChunk TakeFirstBytes()
    {
        var array = _buffer.Rent(Math.Max(readSize, _firstBytes.Length));
        _firstBytes.CopyTo(array, PumpChunk.Headroom);
        var chunk = new PumpChunk(array, PumpChunk.Headroom, _firstBytes.Length);
        _firstBytes = [];
        return chunk;
    }

    /// <summary>Receives what is there without waiting; false when nothing is.</summary>
    private bool TryReceive(out PumpChunk chunk)
    {
        chunk = PumpChunk.End;
        var array = _buffer.Rent(readSize);
        var count = _socket.Receive(array.AsSpan(PumpChunk.Headroom, readSize), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return false;

        if (count == 0)
            _buffer.Release();
        if (error != SocketError.Success)
            throw new SocketException((int)error);

        if (_pace?.Arrive(count) == true)
            _socket.SetRawSocketOption(TcpLevel, TcpQuickAck, On);
        chunk = count == 0 ? PumpChunk.End : new PumpChunk(array, PumpChunk.Headroom, count);
        return true;
    }
}
