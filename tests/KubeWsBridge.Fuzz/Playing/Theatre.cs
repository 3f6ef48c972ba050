using KubeWsBridge.Fuzz.Bridges;
using KubeWsBridge.Fuzz.Scenarios;

namespace KubeWsBridge.Fuzz.Playing;

/// <summary>Plays a scenario at one bridge: its client here, its worker there.</summary>
internal static class Theatre
{
    // A case that sends byte by byte may take its time on a busy machine, so this runs anew whenever something was sent.
    // Most cases take milliseconds and none is about deadlines; the bridge's own, which a few wait for, are shorter (RunningBridge).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    /// <summary>Plays to the end of the connection and of the worker.</summary>
    /// <param name="scenario">What to play.</param>
    /// <param name="bridge">Where.</param>
    /// <param name="clientLeft">Called when the client's part is over; the worker's may last longer.</param>
    public static async Task<Outcome> PlayAsync(Scenario scenario, RunningBridge bridge, Action clientLeft)
    {
        var meeting = bridge.Witness.Expect(scenario.Token);
        using var deadline = new CancellationTokenSource(Patience);
        using var client = new Client(scenario, bridge.Port, () => deadline.CancelAfter(Patience), deadline.Token);
        bool isOver;
        try
        {
            isOver = await client.PlayAsync();
        }
        finally
        {
            clientLeft();
        }

        var worker = await WorkerAsync(meeting, client.Seen.Status == 101);
        bridge.Witness.Forget(scenario.Token);
        var isGone = worker is null || await EndsAsync(worker.Ended, Patience);
        return new Outcome(bridge.Name, client.Seen, worker, !isOver ? "the connection did not end" : isGone ? null : "the worker did not end");
    }

    private static async Task<WitnessReport?> WorkerAsync(Task<WitnessReport> meeting, bool mustCome) =>
        mustCome && await EndsAsync(meeting, Moment) || meeting.IsCompleted ? await meeting : null;

    private static async Task<bool> EndsAsync(Task task, TimeSpan patience)
    {
        await task.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }
}
