using System.Diagnostics;

namespace KubeWsBridge.Benchmarks.Load.Tls;

/// <summary>Clients that connect over TLS, are refused as no WebSocket, and begin anew, each on a thread of its own.</summary>
internal sealed class TlsHandshakes(TlsContext context, int port, int clients, bool resume)
{
    private volatile string? _failure;
    private long _count;

    /// <summary>Runs for so long and returns how many connections were made.</summary>
    /// <exception cref="BenchmarkException">A handshake failed, or was not of the kind that is measured.</exception>
    public LoadResult Run(TimeSpan duration)
    {
        using var session = resume ? FirstSession() : null;
        var begin = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, clients).Select(_ => new Thread(() => Loop(begin, duration, session))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return _failure is { } failure ? throw new BenchmarkException(failure) : new LoadResult(_count, Stopwatch.GetElapsedTime(begin));
    }

    private TlsSession FirstSession()
    {
        using var client = new TlsClient(context, port);
        return client.AskForSession();
    }

    private void Loop(long begin, TimeSpan duration, TlsSession? session)
    {
        try
        {
            while (Stopwatch.GetElapsedTime(begin) < duration && _failure is null)
            {
                using var client = new TlsClient(context, port, session);
                if (client.IsResumed != resume)
                    throw new BenchmarkException(resume ? "the server does not resume sessions" : "a session was resumed that should not be");
                client.Ask();
                Interlocked.Increment(ref _count);
            }
        }
        catch (BenchmarkException exception)
        {
            _failure = exception.Message;
        }
    }
}
