namespace KubeWsBridge.Bridge.Closing;

/// <summary>Waiting with an end.</summary>
internal static class Deadline
{
    /// <summary>Waits for the task; false when the time ran out or the wait was cut short first. What the task itself says is not looked at.</summary>
    public static async Task<bool> EndsWithin(
        this Task task, TimeSpan timeout, TimeProvider timeProvider, CancellationToken hurry = default)
    {
        if (!task.IsCompleted)
            await task.WaitAsync(timeout, timeProvider, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }
}
