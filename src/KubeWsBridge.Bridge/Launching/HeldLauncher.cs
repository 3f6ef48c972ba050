namespace KubeWsBridge.Bridge.Launching;

/// <summary>
/// A launcher with the number of those who need it: the table of routes and every session that came in by it. Whoever is the last to let go ends
/// it, so that a launcher that a new configuration has no use for lives for as long as the workers it has started.
/// </summary>
internal sealed class HeldLauncher(string name, LaunchPlan plan, ILauncher launcher)
{
    private readonly Lock _lock = new();
    private readonly HolderCount _holders = new();
    private Task? _ending;

    /// <summary>The launcher.</summary>
    public ILauncher Launcher => launcher;

    /// <summary>Whether nothing of it is left.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
                return _ending is { IsCompleted: true };
        }
    }

    /// <summary>Whether it is what this name and plan ask for.</summary>
    public bool Suits(string otherName, LaunchPlan otherPlan) => name == otherName && plan.IsSame(otherPlan);

    /// <summary>Counts one more; false when the last has let go already.</summary>
    public bool TryHold() => _holders.TryAdd();

    /// <summary>Lets go for the table of routes, which has no use for it any more.</summary>
    public void Retire()
    {
        launcher.Retire();
        LetGo();
    }

    /// <summary>Counts one less, and begins to end the launcher after the last.</summary>
    public void LetGo()
    {
        if (_holders.Remove())
            _ = EndAsync();
    }

    /// <summary>Counts one less when the worker it has started is gone, which may be long after its session.</summary>
    public void LetGoAfter(Task gone) =>
        gone.ContinueWith(_ => LetGo(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Ends the launcher, whoever holds it.</summary>
    public Task EndAsync()
    {
        lock (_lock)
            return _ending ??= Task.Run(async () => await launcher.DisposeAsync());
    }
}
