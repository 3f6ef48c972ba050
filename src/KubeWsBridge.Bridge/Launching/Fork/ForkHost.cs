using System.Collections.Concurrent;
using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Has a fork server at hand, and knows how it does. Launchers share it; each leaves it once, and the last of them ends it.</summary>
[SupportedOSPlatform("linux")]
internal abstract class ForkHost(LauncherContext context) : IAsyncDisposable
{
    // The pipes of a worker that waits.
    private const int DescriptorsOfSpare = 3;

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<string?> _firstOutcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<ForkServer, Task> _servers = new();
    private ForkServer? _current;
    private volatile string? _problem;
    private readonly Lock _gate = new();
    private readonly Dictionary<ForkLauncher, int> _wanted = [];
    private readonly HolderCount _launchers = new();
    private int _descriptors;
    private volatile int _spares;
    private Task? _running;

    /// <summary>The server that forks now; null when there is none.</summary>
    public ForkServer? Current => Volatile.Read(ref _current);

    /// <summary>How it does.</summary>
    public virtual LauncherHealth Health => _problem is { } problem ? new LauncherHealth(problem) : LauncherHealth.Ready;

    /// <summary>Completes when it is known whether a server works: with null, or with why it does not.</summary>
    public Task<string?> FirstOutcome => _firstOutcome.Task;

    /// <summary>How many workers wait for their connections: as many as the launcher wants that wants most.</summary>
    protected int Spares => _spares;

    /// <summary>What all launchers share.</summary>
    protected LauncherContext Context => context;

    /// <summary>Cancelled when the bridge ends.</summary>
    protected CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when the bridge ends.</summary>
    protected Task Stopped => _stopped.Task;

    /// <summary>Counts one more launcher; false when the last has left already.</summary>
    public bool TryShare() => _launchers.TryAdd();

    /// <summary>Begins, unless another launcher has it begun.</summary>
    /// <param name="launcher">Who needs it.</param>
    /// <param name="spares">How many workers the launcher wants to wait.</param>
    public void Start(ForkLauncher launcher, int spares)
    {
        lock (_gate)
        {
            Want(launcher, spares);
            _running ??= Task.Run(RunAsync);
        }
    }

    /// <summary>Keeps at least so many workers waiting for the launcher.</summary>
    public void Want(ForkLauncher launcher, int spares)
    {
        lock (_gate)
        {
            _wanted.Remove(launcher);
            if (spares > 0)
                _wanted[launcher] = spares;
            var most = _wanted.Values.DefaultIfEmpty().Max();
            HoldDescriptors((most - _spares) * DescriptorsOfSpare);
            _spares = most;
        }
    }

    /// <summary>Counts one launcher less, and ends it after the last.</summary>
    public async ValueTask LeaveAsync(ForkLauncher launcher)
    {
        Want(launcher, 0);
        if (_launchers.Remove())
            await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _stopped.TrySetResult();
        await (_running ?? Task.CompletedTask);
        foreach (var (server, watched) in _servers)
        {
            server.Dispose();
            await watched;
        }

        HoldDescriptors(-_descriptors);
        _stopping.Dispose();
    }

    /// <summary>Keeps a server at hand until it is told to stop; never faults.</summary>
    protected abstract Task RunAsync();

    /// <summary>Says that it holds so many more descriptors, until its end.</summary>
    protected void HoldDescriptors(int count)
    {
        Interlocked.Add(ref _descriptors, count);
        context.HoldDescriptors(count);
    }

    /// <summary>Has a server fork from now on, in the place of the one that did.</summary>
    /// <param name="server">It is connected.</param>
    /// <param name="afterwards">What else is to be done when it is gone, and no longer <see cref="Current"/>.</param>
    protected void Employ(ForkServer server, Func<ValueTask> afterwards)
    {
        _servers[server] = WatchAsync(server, afterwards);
        var former = Interlocked.Exchange(ref _current, server);
        former?.Retire();
        _problem = null;
        ForkLog.Ready(context.Logger, server.ProcessId, server.Version);
        _firstOutcome.TrySetResult(null);
    }

    /// <summary>Takes note that there is no server, and logs it the first time.</summary>
    protected void Fail(string reason, string advice, bool hasServed, TimeSpan untilNext)
    {
        var meanwhile = Current is null ? "workers are started by process" : "the one that is out of date goes on";
        if (_problem is not null)
            ForkLog.StillDoesNotStart(context.Logger, reason, untilNext.TotalSeconds);
        else if (hasServed)
            ForkLog.Lost(context.Logger, reason, advice);
        else
            ForkLog.DoesNotStart(context.Logger, reason, meanwhile, advice);
        _problem = $"The fork server does not work: {reason}. Until it does, {meanwhile}. {advice}";
        _firstOutcome.TrySetResult(reason);
    }

    private async Task WatchAsync(ForkServer server, Func<ValueTask> afterwards)
    {
        while (!Stopping.IsCancellationRequested && !server.Lost.IsCompleted)
        {
            await Task.WhenAny(server.Lost, Task.Delay(PingInterval, context.Time, Stopping));
            server.Ping();
        }

        await server.Lost;
        Interlocked.CompareExchange(ref _current, null, server);
        await afterwards();
        _servers.TryRemove(server, out _);
    }
}
