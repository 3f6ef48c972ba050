using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

/// <summary>One connection to a pool that answers what the test says.</summary>
internal sealed class FakeFpm : IDisposable
{
    private readonly Socket _fpm;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _frees;
    private int _held;

    private FakeFpm(Socket fpm, Socket ours)
    {
        _fpm = fpm;
        var request = FastCgiRequestWriter.Write(new Dictionary<string, string> { ["SCRIPT_FILENAME"] = "/srv/chat.php" });
        Worker = new FastCgiWorker(ours, request, "/srv/chat.php", Free, count => Interlocked.Add(ref _held, count), _stopping.Token);
    }

    public FastCgiWorker Worker { get; }

    /// <summary>Completes when the pool's worker counts as free.</summary>
    public Task Freed => _freed.Task.WaitAsync(Launches.Patience);

    /// <summary>Descriptors that outlive the session.</summary>
    public int Held => Volatile.Read(ref _held);

    public bool IsFreed => _freed.Task.IsCompleted;

    public static async Task<FakeFpm> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var ours = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await ours.ConnectAsync(listener.LocalEndpoint);
        return new FakeFpm(await listener.AcceptSocketAsync(), ours);
    }

    public async Task AnswerAsync(params byte[][] records)
    {
        foreach (var record in records)
            await _fpm.SendAsync(record);
    }

    /// <summary>Reads until our side ends, by end or reset.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await _fpm.ReceiveAsync(buffer).WaitAsync(Launches.Patience) is > 0 and var count)
                all.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
        }

        return all.ToArray();
    }

    /// <summary>Its worker is killed.</summary>
    public void Die() => _fpm.Dispose();

    /// <summary>The bridge ends.</summary>
    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Cancel();
        _fpm.Dispose();
        _stopping.Dispose();
    }

    private void Free()
    {
        Assert.Equal(1, Interlocked.Increment(ref _frees));
        _freed.SetResult();
    }
}
