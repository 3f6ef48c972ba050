using System.Collections.Concurrent;
using System.Diagnostics;
using KubeWsBridge.Fuzz.Bridges;
using KubeWsBridge.Fuzz.Cli;
using KubeWsBridge.Fuzz.Judging;
using KubeWsBridge.Fuzz.Playing;
using KubeWsBridge.Fuzz.Scenarios;

namespace KubeWsBridge.Fuzz;

/// <summary>Plays case after case at both bridges and tells what differs.</summary>
/// <param name="options">What to play.</param>
/// <param name="a">The one bridge.</param>
/// <param name="b">The other.</param>
internal sealed class FuzzRun(FuzzOptions options, RunningBridge a, RunningBridge b)
{
    private const int EnoughFailures = 5;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, int> _kinds = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private long _began;
    private long _reported;
    private int _done;

    /// <summary>True when nothing differs and nothing is left over.</summary>
    public async Task<bool> RunAsync()
    {
        await Task.WhenAll(a.ListenAsync(), b.ListenAsync());
        _began = _reported = Stopwatch.GetTimestamp();
        if (options.Case is { } only)
            await PlayAgainAsync(only);
        else
            await PlayAllAsync();

        foreach (var bridge in new[] { a, b })
        {
            Fail(bridge.IsDead ? $"{bridge.Name} is dead:\n{string.Join('\n', bridge.Log.Last(""))}" : null);
            foreach (var line in bridge.Log.Errors.Take(EnoughFailures))
                Fail($"{bridge.Name} logged: {line}");
        }

        Console.WriteLine(string.Join('\n', _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Value,7}  {kind.Key}")));
        Console.WriteLine($"seed {options.Seed}: {Progress}; {_failures.Count} failures");
        return _failures.IsEmpty;
    }

    private string Progress => $"{_done} cases in {Elapsed.TotalSeconds:0} s, {_done / Elapsed.TotalSeconds:0} a second";

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    private bool IsOver => Elapsed > options.Time || _failures.Count >= EnoughFailures || a.IsDead || b.IsDead;

    private async Task PlayAgainAsync(int number)
    {
        for (var times = options.Cases ?? 1; times > 0 && !IsOver; times--)
            await PlayAsync(number, () => { });
    }

    /// <summary>The first cases warm the bridges up: what they hold then at rest is what they may hold at the end.</summary>
    private async Task PlayAllAsync()
    {
        var last = options.Cases ?? int.MaxValue;
        var warm = Math.Min(last, options.Parallel * 8);
        await PlayAllAsync(1, warm);
        await Task.WhenAll(a.RestAsync(), b.RestAsync());
        await PlayAllAsync(warm + 1, last);
        foreach (var leftovers in await Task.WhenAll(a.LeftoversAsync(), b.LeftoversAsync()))
            Fail(leftovers);
    }

    private async Task PlayAllAsync(int first, int last)
    {
        using var places = new SemaphoreSlim(options.Parallel);
        for (var number = first; number <= last; number++)
        {
            await places.WaitAsync();
            if (IsOver)
                break;
            var playing = PlayAsync(number, () => places.Release());
            _running[playing] = true;
            _ = playing.ContinueWith(task => _running.TryRemove(task, out _), TaskScheduler.Default);
            if (Stopwatch.GetElapsedTime(_reported) > ReportEvery)
            {
                _reported = Stopwatch.GetTimestamp();
                Console.WriteLine(Progress);
            }
        }

        await Task.WhenAll(_running.Keys);
    }

    private async Task PlayAsync(int number, Action clientsLeft)
    {
        var clients = 2;
        try
        {
            await PlayAsync(ScenarioFactory.Create(options.Seed, number), ClientLeft);
        }
        catch (Exception exception)
        {
            Fail($"case {number}: {exception}"); // this program's own fault, or a bridge that is gone
        }

        void ClientLeft()
        {
            if (Interlocked.Decrement(ref clients) == 0)
                clientsLeft();
        }
    }

    private async Task PlayAsync(Scenario scenario, Action clientLeft)
    {
        var outcomes = await Task.WhenAll(Theatre.PlayAsync(scenario, a, clientLeft), Theatre.PlayAsync(scenario, b, clientLeft));
        string[] faults = [.. outcomes.SelectMany(outcome => Judge.Faults(scenario, outcome)), .. Judge.Differences(scenario, outcomes[0], outcomes[1])];
        if (faults.Length > 0)
            Fail(FailureText.Of(options, scenario, faults, outcomes, [a.Log, b.Log]));
        else if (options.Case is not null)
            Console.WriteLine($"Nothing is wrong with {FailureText.Of(options, scenario, [], outcomes, [a.Log, b.Log])}");
        _kinds.AddOrUpdate(scenario.Kind, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _done);
    }

    private void Fail(string? failure)
    {
        if (failure is null)
            return;
        _failures.Enqueue(failure);
        Console.WriteLine($"FAILED {failure}");
    }
}
