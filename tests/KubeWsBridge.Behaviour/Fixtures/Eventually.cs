namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>Waits for what gives no sign of its own: a file, a process, a counter in /proc.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again until it is so; fails the test with the last look after <see cref="RawClient.Patience"/>.</summary>
    public static Task IsTrueAsync(Func<bool> condition, Func<string> failure) => IsTrueAsync(() => Task.FromResult(condition()), failure);

    /// <inheritdoc cref="IsTrueAsync(Func{bool}, Func{string})"/>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string> failure, TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? RawClient.Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, failure());
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
