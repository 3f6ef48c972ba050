using System.Diagnostics;

namespace KubeWsBridge.Benchmarks.Load.Tls;

/// <summary>WebSockets over TLS that keep so many messages under way each, every one on a thread of its own.</summary>
internal sealed class TlsEchoClients(TlsContext context, int port, int connections, int size, int inFlight)
{
    private static readonly byte[] Key = [1, 2, 3, 4];
    private readonly byte[] _frame = Frame(size);
    private readonly Histogram _times = new();
    private readonly Lock _lock = new();
    private volatile bool _isOver;
    private volatile string? _failure;
    private long _answers;
    private long _began;

    /// <summary>From a message to the last byte of its echo; with several under way, from when the one before came back.</summary>
    public Histogram Times => _times;

    /// <summary>Runs for so long after the warm-up.</summary>
    /// <param name="warmUp">Not counted.</param>
    /// <param name="duration">Counted.</param>
    /// <param name="begins">Called between the two.</param>
    /// <param name="ends">Called at the end, before anybody leaves.</param>
    /// <exception cref="BenchmarkException">A connection failed.</exception>
    public LoadResult Run(TimeSpan warmUp, TimeSpan duration, Action begins, Action ends)
    {
        var threads = Enumerable.Range(0, connections).Select(_ => new Thread(Loop)).ToList();
        threads.ForEach(thread => thread.Start());
        Thread.Sleep(warmUp);
        begins();
        var start = Stopwatch.GetTimestamp();
        Volatile.Write(ref _began, start);
        Thread.Sleep(duration);
        var result = new LoadResult(Interlocked.Read(ref _answers), Stopwatch.GetElapsedTime(start));
        ends();
        _isOver = true;
        threads.ForEach(thread => thread.Join());
        return _failure is { } failure ? throw new BenchmarkException(failure) : result;
    }

    private static byte[] Frame(int size)
    {
        byte[] head = size switch
        {
            < 126 => [0x82, (byte)(0x80 | size)],
            < 65536 => [0x82, 0xFE, (byte)(size >> 8), (byte)size],
            _ => [0x82, 0xFF, 0, 0, 0, 0, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size],
        };
        return [.. head, .. Key, .. Enumerable.Range(0, size).Select(index => (byte)(index * 7))];
    }

    private void Loop()
    {
        try
        {
            using var client = new TlsClient(context, port);
            client.Upgrade();
            for (var sent = 0; sent < inFlight; sent++)
                client.Write(_frame);
            Echo(client);
        }
        catch (BenchmarkException exception)
        {
            _failure = exception.Message;
        }
    }

    private void Echo(TlsClient client)
    {
        var reader = new FrameReader(Wire.WebSocket);
        var bytes = new byte[64 * 1024];
        var missing = size;
        var since = Stopwatch.GetTimestamp();
        while (!_isOver)
        {
            var count = client.Read(bytes);
            if (count == 0)
                throw new BenchmarkException("the connection ended");
            ReadOnlySpan<byte> input = bytes.AsSpan(0, count);
            while (reader.Next(ref input) is { IsEmpty: false } piece)
            {
                // What workers send back is cut as the bridge reads it, not as we have sent it.
                for (missing -= piece.Length; missing <= 0; missing += size)
                {
                    Count(Stopwatch.GetElapsedTime(since));
                    since = Stopwatch.GetTimestamp();
                    client.Write(_frame);
                }
            }
        }
    }

    private void Count(TimeSpan took)
    {
        if (Volatile.Read(ref _began) == 0)
            return;
        Interlocked.Increment(ref _answers);
        lock (_lock)
            _times.Record((long)took.TotalNanoseconds);
    }
}
