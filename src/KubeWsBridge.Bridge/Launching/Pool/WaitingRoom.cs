using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>Keeps as many workers waiting as there should be, and none that is dead or has loaded what is out of date.</summary>
[SupportedOSPlatform("linux")]
internal sealed class WaitingRoom : IDisposable
{
    // Beside its process's three, each has the pipe of its standard input.
    private const int DescriptorsPerMember = 4;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly LaunchPlan _plan;
    private readonly PoolStarter _starter;
    private readonly LauncherContext _context;
    private readonly int _size;
    private readonly string[] _files;
    private readonly Lock _gate = new();
    private readonly List<WaitingWorker> _members = [];
    private readonly RestartDelay _delay = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Stir _stirred = new();
    private string _stamp = "";
    private volatile string? _problem;
    private bool _isProven;
    private long _mayStartAt;
    private Task _filling = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;

    /// <param name="plan">The route's workers.</param>
    /// <param name="starter">Starts them; this instance owns it.</param>
    /// <param name="context">What all launchers share.</param>
    public WaitingRoom(LaunchPlan plan, PoolStarter starter, LauncherContext context)
    {
        (_plan, _starter, _context) = (plan, starter, context);
        _size = plan.Pool.Size > 0 ? plan.Pool.Size : PoolOptions.DefaultSize;
        var directory = Path.GetFullPath(plan.WorkingDirectory ?? ".");
        _files = [Path.GetFullPath(plan.Script!, directory), .. plan.Pool.Preload is { } preload ? [preload] : Array.Empty<string>()];
    }

    /// <summary>What is wrong now; null when nothing is.</summary>
    public string? Problem => _problem;

    // As many as can load at a time without keeping each other, and the sessions, from the processors.
    private static int MostLoading => Environment.ProcessorCount;

    /// <summary>Begins to fill it.</summary>
    public void Start()
    {
        _context.HoldDescriptors(_size * DescriptorsPerMember);
        PoolLog.Ready(_context.Logger, _plan.Route, _size);
        _listening = ListenAsync();
        _filling = FillAsync();
    }

    /// <summary>
    /// Takes a member out, one that is ready if there is one; null when there is none. One that still loads is given only when another has come to
    /// the end of the same files: it could die of them, and the session with it.
    /// </summary>
    public WaitingWorker? TryTake()
    {
        DismissOutdated();
        lock (_gate)
        {
            var index = _members.FindIndex(member => member.IsReady);
            if (index < 0 && _isProven && _members.Count > 0)
                index = 0;
            if (index < 0)
                return null;

            var member = _members[index];
            _members.RemoveAt(index);
            _stirred.Set();
            return member;
        }
    }

    /// <summary>Ends all members and starts no more; those that were taken may still be starting, and find what they need until it is disposed.</summary>
    public async Task EmptyAsync()
    {
        await _stopping.CancelAsync();
        _stirred.Set();
        await _filling;
        await _listening;
        await Task.WhenAll(TakeAll().Select(member => member.DisposeAsync().AsTask()));
        _context.HoldDescriptors(-_size * DescriptorsPerMember);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _starter.Dispose();
        _stopping.Dispose();
    }

    private async Task FillAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            DismissOutdated();
            while (!_stopping.IsCancellationRequested && MayStart() && TryStart())
            {
            }

            await Task.WhenAny(_stirred.WaitAsync(), Task.Delay(Look, _context.Time, _stopping.Token));
        }
    }

    private bool MayStart()
    {
        lock (_gate)
            return _members.Count < _size && _members.Count(member => !member.IsReady) < MostLoading && _context.Time.GetTimestamp() >= _mayStartAt;
    }

    private bool TryStart()
    {
        try
        {
            var member = _starter.Start();
            lock (_gate)
                _members.Add(member);
            _ = member.Worker.Exited.ContinueWith(
                _ => Buried(member), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return true;
        }
        catch (LaunchException exception)
        {
            if (Postpone(_delay.After(TimeSpan.Zero), exception.Message))
                PoolLog.CanNotFill(_context.Logger, _plan.Route, exception.Message);
            return false;
        }
    }

    // Only who still waits is ours: the end of a member that was taken is its session's business.
    private void Buried(WaitingWorker member)
    {
        lock (_gate)
        {
            if (!_members.Remove(member))
                return;
            _isProven &= member.IsReady;
        }

        var exit = member.Worker.Exited.Result.ToString();
        var delay = _delay.After(_context.Time.GetElapsedTime(member.StartedAt));
        var advice = member.IsReady
            ? "Something outside has ended it: look for a memory limit that was reached."
            : $"It had not loaded everything yet: correct {_plan.Pool.Preload ?? "what PHP loads by itself"} (--pool-preload), and read what it says above.";
        if (Postpone(delay, $"A waiting worker of route {_plan.Route} ended with {exit}. {advice}"))
            PoolLog.MemberDied(_context.Logger, _plan.Route, exit, advice);
        else
            PoolLog.MemberDiedAgain(_context.Logger, _plan.Route, exit, delay.TotalSeconds);
        _ = LastWordsAsync(member);
    }

    private async Task LastWordsAsync(WaitingWorker member)
    {
        var lines = new PoolLines(_context.Logger, _plan.Route);
        await Task.WhenAll(
            ErrorLineRelay.RunAsync(member.Worker.Errors, lines, _context.Time, _stopping.Token),
            ErrorLineRelay.RunAsync(member.Worker.Output, lines, _context.Time, _stopping.Token));
        await member.DisposeAsync();
        _stirred.Set();
    }

    /// <summary>Has the next start wait; true when the problem is a new one. Members may die at the same moment, and one of them is told of.</summary>
    private bool Postpone(TimeSpan delay, string problem)
    {
        lock (_gate)
        {
            _mayStartAt = _context.Time.GetTimestamp() + (long)(delay.TotalSeconds * _context.Time.TimestampFrequency);
            var isNew = _problem is null;
            _problem = problem;
            return isNew;
        }
    }

    private async Task ListenAsync()
    {
        await using var signs = _starter.TakeReadySigns();
        await ReadySigns.ListenAsync(signs, Ready, _stopping.Token);
    }

    private void Ready(int processId)
    {
        lock (_gate)
        {
            if (_members.Find(member => member.Worker.ProcessId == processId) is { } ready)
                _isProven = ready.IsReady = true;
            _problem = null;
        }

        _stirred.Set();
    }

    /// <summary>PHP opens its script when it starts: who waits with an old one would run it hours later.</summary>
    private void DismissOutdated()
    {
        var stamp = FileStamp.Of(_files);
        var former = Interlocked.Exchange(ref _stamp, stamp);
        if (former == stamp || former.Length == 0)
            return;

        PoolLog.Replaced(_context.Logger, _plan.Route);
        lock (_gate)
            _isProven = false;
        foreach (var member in TakeAll())
            _ = member.DisposeAsync().AsTask();
        _stirred.Set();
    }

    private WaitingWorker[] TakeAll()
    {
        lock (_gate)
        {
            WaitingWorker[] all = [.. _members];
            _members.Clear();
            return all;
        }
    }
}
