using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>The bridge's end of one fork server: asks for workers, sends their signals, hears of their ends.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ForkServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ForkServerOrigin _origin;
    private readonly Socket _socket;
    private readonly ForkMessageReader _reader = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, PendingFork> _pending = new();
    private readonly ConcurrentDictionary<string, ForkWorker> _workers = new();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _outdated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ForkSpares _spares;
    private long _unansweredSince;
    private int _launched;
    private volatile bool _isRetired;

    private ForkServer(ForkServerOrigin origin, Socket socket)
    {
        (_origin, _socket) = (origin, socket);
        _spares = new ForkSpares(origin.Spares, ForkSpareAsync, origin.Logger);
    }

    /// <summary>Its process id, in its own container.</summary>
    public int ProcessId { get; private set; }

    /// <summary>PHP's version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Completes with the reason when it is gone; never faults.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Completes with the reason when another server should take its place.</summary>
    public Task<string> Outdated => _outdated.Task;

    /// <summary>Waits for a new connection's first message; null when it is none of a fork server's.</summary>
    public static async Task<ForkServer?> GreetAsync(ForkServerOrigin origin, Socket socket, CancellationToken cancellationToken)
    {
        var server = new ForkServer(origin, socket);
        try
        {
            using var deadline = new CancellationTokenSource(Patience, origin.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            if (await server.ReceiveAsync(either.Token) is { Kind: ForkMessage.Ready } ready)
            {
                var words = ready.Body.Split(' ', 2);
                (server.ProcessId, server.Version) = (Number(words[0]), words[^1]);
                _ = server.ListenAsync();
                server._spares.Fill();
                return server;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or InvalidDataException or FormatException)
        {
            // Whoever it was, it is no fork server.
        }

        socket.Dispose();
        return null;
    }

    /// <summary>Gives a spare worker its work, or has one forked.</summary>
    /// <param name="script">What it runs.</param>
    /// <param name="variables">What its environment has beyond the server's.</param>
    /// <exception cref="ForkServerLostException">The server is gone, or does not answer.</exception>
    /// <exception cref="LaunchException">It could not fork.</exception>
    public async Task<ForkWorker> LaunchAsync(string script, IEnumerable<KeyValuePair<string, string>> variables)
    {
        // Counted when they are needed: spares alone must not wear a server out.
        if (Interlocked.Increment(ref _launched) == _origin.MaxChildren)
            _outdated.TrySetResult($"it has forked {_origin.MaxChildren} workers (--fork-max-children)");
        var task = string.Join('\0', [script, .. variables.Select(variable => $"{variable.Key}={variable.Value}")]);
        return _spares.TryBegin(task) ?? await ForkAsync(task, static (worker, _) => worker);
    }

    private Task<WaitingWorker> ForkSpareAsync() =>
        ForkAsync(null, (worker, pipes) => new WaitingWorker(worker, pipes.Input.TakeWriteEnd(), _origin.Time.GetTimestamp()));

    /// <summary>Has a worker forked, a spare when it has no task yet.</summary>
    private async Task<T> ForkAsync<T>(string? task, Func<ForkWorker, WorkerPipes, T> use)
    {
        var name = _origin.NextName();
        var pipes = WorkerPipes.Create(Path.Join(_origin.Directory, name), isSpare: task is null);
        using var fork = new PendingFork(pipes);
        _pending[name] = fork;
        try
        {
            await SendAsync(task is null ? new ForkMessage(ForkMessage.Spare, name) : new ForkMessage(ForkMessage.Launch, $"{name}\0{task}"));
            if (_lost.Task.IsCompleted)
                throw new ForkServerLostException(await _lost.Task);

            return use(await fork.Worker.WaitAsync(Patience, _origin.Time), pipes);
        }
        catch (TimeoutException)
        {
            Lose("it does not answer");
            if (fork.Worker.IsCompletedSuccessfully)
                return use(await fork.Worker, pipes); // in the last moment
            throw new ForkServerLostException("it does not answer");
        }
        finally
        {
            _pending.TryRemove(name, out _);
        }
    }

    /// <summary>Has a signal sent to a worker and its group.</summary>
    public void Kill(string name, int signal) =>
        _ = SendAsync(new ForkMessage(ForkMessage.Kill, string.Create(CultureInfo.InvariantCulture, $"{name} {signal}")));

    /// <summary>Asks whether it is still there; one that has not answered for long is lost.</summary>
    public void Ping()
    {
        var since = Interlocked.CompareExchange(ref _unansweredSince, _origin.Time.GetTimestamp(), 0);
        _spares.Fill();
        if (since == 0)
            _ = SendAsync(new ForkMessage(ForkMessage.Ping, ""));
        else if (_origin.Time.GetElapsedTime(since) > Patience)
            Lose("it does not answer");
    }

    /// <summary>Lets it go as soon as its last worker has ended.</summary>
    public void Retire()
    {
        _isRetired = true;
        _spares.Dismiss();
        QuitIfDone();
    }

    /// <summary>Lets it go at once; it ends the workers that it still has.</summary>
    public void Dispose() => Lose("the bridge has let it go");

    private static int Number(string word) => int.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);

    private async Task ListenAsync()
    {
        try
        {
            while (await ReceiveAsync(CancellationToken.None) is { } message)
                Handle(message);
            Lose("it has ended");
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Lose("its connection broke");
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or IndexOutOfRangeException)
        {
            Lose($"its control connection is out of step ({exception.Message})");
        }
    }

    private async Task<ForkMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_reader.TryRead(out var message))
                return message;
            var count = await _socket.ReceiveAsync(_reader.Space, cancellationToken);
            if (count == 0)
                return null;
            _reader.Take(count);
        }
    }

    private void Handle(ForkMessage message)
    {
        Interlocked.Exchange(ref _unansweredSince, 0);
        var words = message.Body.Split(' ', 3);
        switch (message.Kind)
        {
            case ForkMessage.Forked:
                Begin(words[0], Number(words[1]));
                break;
            case ForkMessage.Ended:
                End(words[0], words[1] == "signal" ? new WorkerExit(null, Number(words[2])) : new WorkerExit(Number(words[2]), null));
                break;
            case ForkMessage.Failed:
                if (_pending.TryRemove(words[0], out var failed))
                    failed.Fail(new LaunchException(
                        $"The fork server could not fork: {message.Body[(words[0].Length + 1)..]}. {SystemLimits.Processes}.", retryable: true));
                break;
            case ForkMessage.Changed:
                _outdated.TrySetResult($"{message.Body} has changed");
                break;
            case ForkMessage.Ping:
                break;
            default:
                throw new InvalidDataException($"nobody knows a message '{message.Kind}'");
        }
    }

    private void Begin(string name, int processId)
    {
        if (!_pending.TryRemove(name, out var fork) || fork.Begin(Make) is not { } worker)
        {
            Kill(name, Libc.SigKill); // who asked for it has given up
            return;
        }

        // Whoever loses the server at this moment may have looked at the others already.
        if (_lost.Task.IsCompleted)
            worker.Orphan(_origin.SharesProcesses);

        ForkWorker Make(WorkerPipes pipes) => _workers[name] = new ForkWorker(this, name, processId, pipes);
    }

    private void End(string name, WorkerExit exit)
    {
        if (_workers.TryRemove(name, out var worker))
            worker.End(exit);
        QuitIfDone();
    }

    private void QuitIfDone()
    {
        if (_isRetired && _workers.IsEmpty && _pending.IsEmpty)
            _ = SendAsync(new ForkMessage(ForkMessage.Quit, ""));
    }

    private async Task SendAsync(ForkMessage message)
    {
        await _sending.WaitAsync();
        try
        {
            var bytes = message.Encode().AsMemory();
            while (!bytes.IsEmpty)
                bytes = bytes[await _socket.SendAsync(bytes)..];
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Lose("its connection broke");
        }
        finally
        {
            _sending.Release();
        }
    }

    private void Lose(string reason)
    {
        if (!_lost.TrySetResult(reason))
            return;

        _socket.Dispose();
        foreach (var (_, fork) in _pending)
            fork.Fail(new ForkServerLostException(reason));
        foreach (var (_, worker) in _workers)
            worker.Orphan(_origin.SharesProcesses);
        _workers.Clear();
        _spares.Dismiss();
    }
}
