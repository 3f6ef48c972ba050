namespace KubeWsBridge.Benchmarks.Load;

/// <summary>When the messages of a connection were sent whose answers are still to come, oldest first.</summary>
internal sealed class PendingAnswers
{
    private long[] _sentAt = new long[16];
    private int _first;
    private long _received;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the first answer has been seen whole.</summary>
    public bool Checked { get; private set; }

    /// <summary>Remembers messages sent now.</summary>
    public void Add(long now, int messages)
    {
        while (Count + messages > _sentAt.Length)
            Grow();
        for (var i = 0; i < messages; i++)
            _sentAt[(_first + Count++) & (_sentAt.Length - 1)] = now;
    }

    /// <summary>Counts bytes of answers in, records the time of each that is complete, and returns how many are.</summary>
    public int Complete(int bytes, int responseSize, long now, Histogram times)
    {
        _received += bytes;
        var completed = 0;
        while (_received >= responseSize)
        {
            _received -= responseSize;
            if (Count == 0)
                throw new BenchmarkException("more came back than was sent");
            times.Record(now - _sentAt[_first]);
            _first = (_first + 1) & (_sentAt.Length - 1);
            Count--;
            completed++;
            Checked = true;
        }

        return completed;
    }

    /// <summary>Compares a piece of the first answer with what was sent.</summary>
    public void Check(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> expected)
    {
        var rest = expected[(int)_received..];
        var length = Math.Min(rest.Length, piece.Length);
        if (!piece[..length].SequenceEqual(rest[..length]))
            throw new BenchmarkException("what came back is not what was sent");
    }

    private void Grow()
    {
        var grown = new long[_sentAt.Length * 2];
        for (var i = 0; i < Count; i++)
            grown[i] = _sentAt[(_first + i) & (_sentAt.Length - 1)];
        (_sentAt, _first) = (grown, 0);
    }
}
