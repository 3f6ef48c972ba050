using System.Buffers.Binary;
using System.Diagnostics;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>Receives what workers push and times it from the stamp that each record begins with.</summary>
internal sealed class PushReceiver : IDisposable
{
    /// <summary>Bytes of a record: the time of sending in nanoseconds of the monotonic clock, big-endian, and ten more.</summary>
    public const int RecordSize = 18;

    private readonly LoadConnection[] _connections;
    private readonly byte[][] _partial;
    private readonly int[] _partialLength;
    private readonly Poller _poller = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(LoadConnection.ReadSize, pinned: true);

    /// <summary>Opens the connections.</summary>
    public PushReceiver(int port, Wire wire, int connections)
    {
        _connections = Connector.OpenMany(port, wire, connections, new MessageRing(wire, 1, 1));
        _partial = Array.ConvertAll(_connections, _ => new byte[RecordSize]);
        _partialLength = new int[connections];
        for (var key = 0; key < connections; key++)
            _poller.Add(_connections[key].Descriptor, key);
    }

    /// <summary>From the stamp to the arrival.</summary>
    public Histogram Delays { get; } = new();

    /// <summary>Receives for so long, after a warm-up that is not counted.</summary>
    public void Run(TimeSpan warmUp, TimeSpan duration, Action warm)
    {
        Poll(warmUp);
        Delays.Clear();
        warm();
        Poll(duration);
        if (Delays.Count == 0)
            throw new BenchmarkException("nothing was pushed");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        _poller.Dispose();
    }

    private void Poll(TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end)
        {
            var count = _poller.Wait(end);
            for (var index = 0; index < count; index++)
                Receive(_poller.Event(index).Key);
        }
    }

    private void Receive(int key)
    {
        var input = _connections[key].Receive(_buffer);
        var now = Stopwatch.GetTimestamp();
        for (var piece = _connections[key].Reader.Next(ref input); !piece.IsEmpty; piece = _connections[key].Reader.Next(ref input))
        {
            foreach (var value in piece)
            {
                _partial[key][_partialLength[key]++] = value;
                if (_partialLength[key] < RecordSize)
                    continue;
                _partialLength[key] = 0;
                Delays.Record(now - BinaryPrimitives.ReadInt64BigEndian(_partial[key]));
            }
        }
    }
}
