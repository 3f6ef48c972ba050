namespace KubeWsBridge.Hosting.Draining;

/// <summary>One drain, from its beginning to its end or until it is called off.</summary>
/// <param name="plan">Its times.</param>
/// <param name="sessions">How many sessions there were.</param>
/// <param name="startedAt">The wall clock then.</param>
/// <param name="hurry">Cuts it short.</param>
internal sealed class DrainRun(DrainPlan plan, int sessions, DateTimeOffset startedAt, CancellationToken hurry) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(hurry);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unanswered = 1; // the run itself, until it has ended
    private readonly TaskCompletionSource<DrainOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its times.</summary>
    public DrainPlan Plan => plan;

    /// <summary>How many sessions there were at the beginning.</summary>
    public int Sessions => sessions;

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt => startedAt;

    /// <summary>When connections are refused.</summary>
    public DateTimeOffset ClosesAt => startedAt + plan.Delay;

    /// <summary>When what is left is ended at once.</summary>
    public DateTimeOffset Deadline => startedAt + plan.Longest;

    /// <summary>Cancelled when it is called off or cut short; not to be asked for once the run is disposed.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Completes with how it ended; never faults.</summary>
    public Task<DrainOutcome> Ended => _ended.Task;

    /// <summary>Completes when it has ended and everybody who waited for that has been told.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Counts somebody who waits; <see cref="Told"/> must follow.</summary>
    public void Expect() => Interlocked.Increment(ref _unanswered);

    /// <summary>Somebody who waited has got an answer, or has gone.</summary>
    public void Told()
    {
        if (Interlocked.Decrement(ref _unanswered) == 0)
            _answered.TrySetResult();
    }

    /// <summary>Ends it.</summary>
    public void End(DrainOutcome outcome)
    {
        _stop.Cancel();
        if (_ended.TrySetResult(outcome))
            Told();
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
