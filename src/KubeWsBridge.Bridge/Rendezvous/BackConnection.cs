using System.Net.Sockets;
using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The worker's end of a session in <c>raw</c> framing: bytes as they come, both ways.</summary>
/// <param name="socket">Connected; this instance owns it.</param>
/// <param name="firstBytes">What came in one segment with the hello line, to be read first.</param>
/// <param name="readSize">Most bytes of one chunk.</param>
/// <param name="timeProvider">Tells a worker that was held up.</param>
internal sealed class BackConnection(Socket socket, byte[] firstBytes, int readSize, TimeProvider timeProvider)
    : IPumpSource, IPumpSink, IDisposable
{
    // A worker that writes a large answer in pieces below the segment size waits for our acknowledgement after each (Nagle), and the kernel
    // delays it by 40 ms. Acknowledging large reads at once cures that; doing so for every read would cost a quarter of the small-message rate.
    private const int QuickAcknowledgeFrom = 4096;
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;
    private static readonly byte[] On = [1, 0, 0, 0];

    // Small pieces meet the same delay. Whether a worker writes them shows at the first answer: its rest comes as late as that acknowledgement
    // does (40 ms by default, up to 200), though the worker was given nothing new. From then on it is acknowledged at once, and others pay nothing.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(250);

    private byte[] _firstBytes = firstBytes;
    private PumpBuffer _buffer;
    private volatile bool _inputEnded;
    private volatile bool _givenSomething;
    private bool _writesInPieces;

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
            var began = timeProvider.GetTimestamp();
            _givenSomething = false;
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);
            _writesInPieces |= !_givenSomething && timeProvider.GetElapsedTime(began) is var waited && waited >= ShortestDelay && waited <= LongestDelay;
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken)
    {
        _givenSomething = true;
        for (var sent = 0; sent < chunk.Length && !_inputEnded;)
            sent += await socket.SendAsync(chunk.Memory[sent..], SocketFlags.None, cancellationToken);
    }

    /// <summary>Gives the worker end-of-file on its input; what is written later is swallowed. Harmless when the connection is gone.</summary>
    public void EndInput()
    {
        _inputEnded = true;
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The worker was faster: there is nobody left to tell.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

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
        var count = socket.Receive(array.AsSpan(PumpChunk.Headroom, readSize), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return false;

        if (count == 0)
            _buffer.Release();
        if (error != SocketError.Success)
            throw new SocketException((int)error);

        if ((count >= QuickAcknowledgeFrom || _writesInPieces) && socket.AddressFamily != AddressFamily.Unix && OperatingSystem.IsLinux())
            socket.SetRawSocketOption(TcpLevel, TcpQuickAck, On);
        chunk = count == 0 ? PumpChunk.End : new PumpChunk(array, PumpChunk.Headroom, count);
        return true;
    }
}
