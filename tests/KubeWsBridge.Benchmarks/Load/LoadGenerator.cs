using System.Diagnostics;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>
/// One thread that drives a set of connections and times every answer. Two ways: closed, where each answer makes room for the next message, and
/// at a fixed rate, where a message's time begins when it was due, so that a stall is counted for all that it held up.
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    private static readonly long Patience = 5 * Stopwatch.Frequency;

    private readonly LoadConnection[] _connections;
    private readonly PendingAnswers[] _pending;
    private readonly MessageRing _ring;
    private readonly MessageShape _shape;
    private readonly Poller _poller = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(LoadConnection.ReadSize, pinned: true);
    private long _lastAnswer;
    private long _answers;
    private bool _closedLoop;

    /// <summary>Opens the connections.</summary>
    public LoadGenerator(int port, Wire wire, int connections, int inFlight, MessageShape shape)
    {
        _shape = shape;
        _ring = new MessageRing(wire, shape.RequestSize, inFlight);
        _connections = Connector.OpenMany(port, wire, connections, _ring);
        _pending = Array.ConvertAll(_connections, _ => new PendingAnswers());
        for (var key = 0; key < connections; key++)
            _poller.Add(_connections[key].Descriptor, key);
        Libc.SharpenTimers();
    }

    /// <summary>Times of all answers since the warm-up, from when they were sent or due.</summary>
    public Histogram Times { get; } = new();

    /// <summary>Keeps so many messages in flight on every connection and returns answers and time since the warm-up.</summary>
    /// <param name="inFlight">Messages per connection.</param>
    /// <param name="warmUp">What is not counted.</param>
    /// <param name="duration">What is.</param>
    /// <param name="warm">Called when the count begins.</param>
    public LoadResult RunClosed(int inFlight, TimeSpan warmUp, TimeSpan duration, Action warm)
    {
        _closedLoop = true;
        var start = _lastAnswer = Stopwatch.GetTimestamp();
        for (var key = 0; key < _connections.Length; key++)
            Send(key, inFlight, start);
        PollUntil(start + Ticks(warmUp));
        return Count(duration, warm, PollUntil);
    }

    /// <summary>Sends one message on every connection and waits for all answers.</summary>
    public void RunOnce()
    {
        var start = _lastAnswer = Stopwatch.GetTimestamp();
        for (var key = 0; key < _connections.Length; key++)
            Send(key, 1, start);
        while (_answers < _connections.Length)
            Poll(Stopwatch.GetTimestamp() + Patience);
    }

    /// <summary>Sends so many messages a second, on one connection after the other.</summary>
    public LoadResult RunAtRate(int messagesPerSecond, TimeSpan warmUp, TimeSpan duration, Action warm)
    {
        var start = _lastAnswer = Stopwatch.GetTimestamp();
        long sent = 0;
        PollAtRate(start + Ticks(warmUp));
        return Count(duration, warm, PollAtRate);

        void PollAtRate(long end)
        {
            for (var now = Stopwatch.GetTimestamp(); now < end; now = Stopwatch.GetTimestamp())
            {
                for (; Due(sent) <= now; sent++)
                    Send((int)(sent % _connections.Length), 1, Due(sent));
                Poll(Math.Min(end, Due(sent)));
            }
        }

        long Due(long message) => start + message * Stopwatch.Frequency / messagesPerSecond;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        _poller.Dispose();
    }

    private LoadResult Count(TimeSpan duration, Action warm, Action<long> poll)
    {
        Times.Clear();
        _answers = 0;
        warm();
        var begin = Stopwatch.GetTimestamp();
        poll(begin + Ticks(duration));
        return new LoadResult(_answers, Stopwatch.GetElapsedTime(begin));
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private void PollUntil(long end)
    {
        while (Stopwatch.GetTimestamp() < end)
            Poll(end);
    }

    private void Poll(long deadline)
    {
        var count = _poller.Wait(deadline);
        for (var index = 0; index < count; index++)
        {
            var (key, readable, writable) = _poller.Event(index);
            var waited = _connections[key].WaitsForRoom;
            if (writable)
                _connections[key].Flush();
            if (readable)
                Receive(key);
            if (_connections[key].WaitsForRoom != waited)
                _poller.WaitForRoom(_connections[key].Descriptor, key, !waited);
        }

        if (count == 0 && Stopwatch.GetTimestamp() - _lastAnswer > Patience && _pending.Any(pending => pending.Count > 0))
            throw new BenchmarkException("stalled: no answer for 5 s");
    }

    private void Send(int key, int messages, long since)
    {
        var waited = _connections[key].WaitsForRoom;
        _pending[key].Add(since, messages);
        _connections[key].Send(messages);
        if (_connections[key].WaitsForRoom != waited)
            _poller.WaitForRoom(_connections[key].Descriptor, key, !waited);
    }

    private void Receive(int key)
    {
        var connection = _connections[key];
        var pending = _pending[key];
        var input = connection.Receive(_buffer);
        var now = Stopwatch.GetTimestamp();
        var completed = 0;
        for (var piece = connection.Reader.Next(ref input); !piece.IsEmpty; piece = connection.Reader.Next(ref input))
        {
            if (_shape.IsEcho && !pending.Checked)
                pending.Check(piece, _ring.Payload);
            completed += pending.Complete(piece.Length, _shape.ResponseSize, now, Times);
        }

        if (completed == 0)
            return;
        _lastAnswer = now;
        _answers += completed;
        if (_closedLoop)
        {
            pending.Add(now, completed);
            connection.Send(completed);
        }
    }
}
