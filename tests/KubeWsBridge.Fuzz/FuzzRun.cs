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
    private int _done;

    /// <summary>True when nothing differs and nothing is left over.</summary>
    public async Task<bool> RunAsync()
    {
        await Task.WhenAll(a.ListenAsync(), b.ListenAsync());
        await WarmUpAsync();
        var began = Stopwatch.GetTimestamp();
        await PlayAllAsync();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        foreach (var leftovers in await Task.WhenAll(a.LeftoversAsync(), b.LeftoversAsync()))
            Fail(leftovers);
        foreach (var bridge in new[] { a, b })
        {
            Fail(bridge.IsDead ? $"{bridge.Name} is dead:\n{string.Join('\n', bridge.Log.Last(""))}" : null);
            foreach (var line in bridge.Log.Errors.Take(EnoughFailures))
                Fail($"{bridge.Name} logged: {line}");
        }

        Console.WriteLine(string.Join('\n', _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Value,7}  {kind.Key}")));
        Console.WriteLine($"seed {options.Seed}: {_done} cases in {seconds:0} s, {_done / seconds:0} a second; {_failures.Count} failures");
        return _failures.IsEmpty;
    }

    private async Task WarmUpAsync()
    {
        // Other cases than those of the run, and as many at once: then pools are as large as they get. What they show is not looked at.
        await Parallel.ForAsync(1, (options.Parallel * 8) + 1, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel }, async (number, _) =>
        {
            var scenario = ScenarioFactory.Create(options.Seed, -number);
            await Task.WhenAll(Theatre.PlayAsync(scenario, a, () => { }), Theatre.PlayAsync(scenario, b, () => { }));
        });
        await Task.WhenAll(a.RestAsync(), b.RestAsync());
    }

    private async Task PlayAllAsync()
    {
        if (options.Case is { } only)
        {
            await PlayAsync(only, () => { });
            return;
        }

        using var places = new SemaphoreSlim(options.Parallel);
        var began = Stopwatch.GetTimestamp();
        var reported = began;
        for (var number = 1; number <= (options.Cases ?? int.MaxValue) && Stopwatch.GetElapsedTime(began) < options.Time; number++)
        {
            await places.WaitAsync();
            if (_failures.Count >= EnoughFailures || a.IsDead || b.IsDead)
                break;
            var playing = PlayAsync(number, () => places.Release());
            _running[playing] = true;
            _ = playing.ContinueWith(task => _running.TryRemove(task, out _), TaskScheduler.Default);
            if (Stopwatch.GetElapsedTime(reported) > ReportEvery)
            {
                reported = Stopwatch.GetTimestamp();
                Console.WriteLine($"{_done} cases, {_done / Stopwatch.GetElapsedTime(began).TotalSeconds:0} a second");
            }
        }

        await Task.WhenAll(_running.Keys);
    }

    private async Task PlayAsync(int number, Action clientsLeft)
    {
        var scenario = ScenarioFactory.Create(options.Seed, number);
        var clients = 2;
        var outcomes = await Task.WhenAll(Theatre.PlayAsync(scenario, a, ClientLeft), Theatre.PlayAsync(scenario, b, ClientLeft));
        string[] faults = [.. outcomes.SelectMany(outcome => Judge.Faults(scenario, outcome)), .. Judge.Differences(scenario, outcomes[0], outcomes[1])];
        if (faults.Length > 0)
            Fail(FailureText.Of(options, scenario, faults, outcomes, [a.Log, b.Log]));
        else if (options.Case is not null)
            Console.WriteLine(FailureText.Of(options, scenario, ["nothing"], outcomes, [a.Log, b.Log]));
        _kinds.AddOrUpdate(scenario.Kind, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _done);

        void ClientLeft()
        {
            if (Interlocked.Decrement(ref clients) == 0)
                clientsLeft();
        }
    }

    private void Fail(string? failure)
    {
        if (failure is null)
            return;
        _failures.Enqueue(failure);
        Console.WriteLine($"FAILED {failure}");
    }
}
