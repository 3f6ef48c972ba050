using KubeWsBridge.Bridge.Admission;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Draining;

/// <summary>
/// The program's way out, one for signals and for the operator: readiness is withdrawn, after a while new connections are refused and sessions ended one
/// after the other, then the program ends. Until then, and unless a signal has come, it can be called off.
/// </summary>
internal sealed class Drain : IDisposable
{
    private readonly AdmissionGate _gate;
    private readonly IDrainedSessions _sessions;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly DrainMetrics _metrics;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly TaskCompletionSource<DrainRun> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DrainState _state;
    private DrainRun? _run;
    private bool _isFinal;
    private volatile DrainOptions _options;

    /// <summary>Nothing happens before <see cref="Start"/>.</summary>
    public Drain(DrainOptions options, AdmissionGate gate, IDrainedSessions sessions, TimeProvider timeProvider, ILogger logger)
    {
        (_options, _gate, _sessions, _timeProvider, _logger) = (options, gate, sessions, timeProvider, logger);
        _metrics = new DrainMetrics(() => Status, timeProvider);
    }

    /// <summary>How it will be done; one that is under way goes on as it has begun.</summary>
    public DrainOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>What there is to know now.</summary>
    public DrainStatus Status
    {
        get
        {
            lock (_lock)
                return new DrainStatus(_state, _run, _sessions.Count, _isFinal);
        }
    }

    /// <summary>Completes when the program has nothing left to wait for, with the drain that has ended.</summary>
    public Task<DrainRun> Over => _over.Task;

    /// <summary>Begins the drain, or joins the one that is under way.</summary>
    /// <param name="isFinal">Whether it can't be called off any more: a signal has come, and whoever sent it will not take it back.</param>
    public DrainRun Start(bool isFinal)
    {
        DrainRun run;
        lock (_lock)
        {
            _isFinal |= isFinal;
            if (_run is not null)
                return _run;
            _state = DrainState.Leaving;
            _run = run = new DrainRun(DrainPlan.Of(_options), _sessions.Count, _timeProvider.GetUtcNow(), _hurry.Token);
        }

        _ = RunAsync(run);
        return run;
    }

    /// <summary>Calls the drain off: connections are accepted again, no further session is ended. Null, or why it can't be.</summary>
    public string? Cancel()
    {
        lock (_lock)
        {
            if (_state == DrainState.Exiting)
                return "The drain is over, the program is exiting.";
            if (_isFinal)
                return "A signal has told the program to end; that can't be taken back.";
            if (_run is not { } run)
                return null;
            (_run, _state) = (null, DrainState.Serving);
            run.End(DrainOutcome.Cancelled); // first, for it still meets those who come in
            _gate.Draining = false;
        }

        DrainLog.Cancelled(_logger, _sessions.Count);
        _metrics.Ended(DrainOutcome.Cancelled);
        return null;
    }

    /// <summary>Ends what is left at once.</summary>
    public void Hurry() => _hurry.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _run?.Dispose();
        _hurry.Dispose();
    }

    private async Task RunAsync(DrainRun run)
    {
        var plan = run.Plan;
        try
        {
            if (plan.IsShortened)
                DrainLog.Shortened(
                    _logger, _options.GracePeriod.TotalSeconds, DrainPlan.Needed(_options).TotalSeconds, plan.Delay.TotalSeconds, plan.Sessions.Period.TotalSeconds);
            if (plan.IsPeriodCut)
                DrainLog.PeriodCut(
                    _logger, _options.Timeout.TotalSeconds, DrainPlan.KeptFree(_options).TotalSeconds, plan.Sessions.Period.TotalSeconds, _options.Period.TotalSeconds);
            if (plan.Delay > TimeSpan.Zero)
            {
                DrainLog.Leaving(_logger, plan.Delay.TotalSeconds);
                await Task.Delay(plan.Delay, _timeProvider, run.Stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            }
            else
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // ending sessions is not the caller's work
            }

            if (!Enter(run, DrainState.Closing))
                return;
            DrainLog.Draining(_logger, _sessions.Count, plan.Sessions.Timeout.TotalSeconds);
            await FinishAsync(run, await _sessions.EndAsync(plan.Sessions, run.Stop));
        }
        catch (Exception exception)
        {
            // Whatever it is, somebody waits for this program to end.
            DrainLog.Failed(_logger, exception);
            await FinishAsync(run, areGone: false);
        }
        finally
        {
            await run.Ended; // whoever called it off may still be cancelling its source
            run.Dispose();
        }
    }

    private async Task FinishAsync(DrainRun run, bool areGone)
    {
        if (!Enter(run, DrainState.Exiting))
            return;
        var outcome = areGone ? DrainOutcome.Completed : DrainOutcome.CutShort;
        if (!areGone)
        {
            DrainLog.CutShort(_logger, _sessions.Count);
            await _sessions.AbortAsync();
        }

        DrainLog.Drained(_logger);
        _metrics.Ended(outcome);
        run.End(outcome);
        _over.TrySetResult(run);
    }

    /// <summary>Takes the next step, unless the drain has been called off.</summary>
    private bool Enter(DrainRun run, DrainState state)
    {
        lock (_lock)
        {
            if (_run != run)
                return false;
            _state = state;
            _gate.Draining = true;
            return true;
        }
    }
}
