using System.Net.Sockets;
using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The worker's end of a session in <c>raw</c> framing: bytes as they come, both ways.</summary>
/// <param name="arrival">What this instance takes over.</param>
/// <param name="readSize">Most bytes of one chunk.</param>
/// <param name="timeProvider">Tells a worker that was held up.</param>
/// <param name="front">Writable bytes in front of each chunk, beside the headroom that every chunk has.</param>
internal sealed class BackConnection(Arrival arrival, int readSize, TimeProvider timeProvider, int front = 0) : IWorkerConnection
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
    public WorkerEnd? End => null;

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

    /// <inheritdoc/>
    public void OutputEnded() => _buffer.Release();

    /// <inheritdoc/>
    public bool CanAnnounceEnd => false;

    /// <inheritdoc/>
    public bool AnnounceEnd(TimeSpan left) => false;

    /// <inheritdoc/>
    public void EndInput(int code, string reason)
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

    private int Start => PumpChunk.Headroom + front;

    private PumpChunk TakeFirstBytes()
    {
        var array = _buffer.Rent(front + Math.Max(readSize, _firstBytes.Length));
        _firstBytes.CopyTo(array, Start);
        var chunk = new PumpChunk(array, Start, _firstBytes.Length);
        _firstBytes = [];
        return chunk;
    }

    /// <summary>Receives what is there without waiting; false when nothing is.</summary>
    private bool TryReceive(out PumpChunk chunk)
    {
        chunk = PumpChunk.End;
        var array = _buffer.Rent(front + readSize);
        var count = _socket.Receive(array.AsSpan(Start, readSize), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return false;

        if (count == 0)
            _buffer.Release();
        if (error != SocketError.Success)
            throw new SocketException((int)error);

        if (_pace?.Arrive(count) == true)
            _socket.SetRawSocketOption(TcpLevel, TcpQuickAck, On);
        chunk = count == 0 ? PumpChunk.End : new PumpChunk(array, Start, count);
        return true;
    }
}
