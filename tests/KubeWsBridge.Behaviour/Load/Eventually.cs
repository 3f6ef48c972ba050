using System.Diagnostics;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>Waits for what can only be seen by looking again: the state of another process.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the value is right, or fails with the last one.</summary>
    public static async Task<T> BecomesAsync<T>(string what, Func<T> look, Func<T, bool> isRight)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var value = look();
            if (isRight(value))
                return value;
            Assert.True(watch.Elapsed < Patience, $"{what} is still {value} after {Patience.TotalSeconds} s.");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until a counter has stood still for this long, and returns it.</summary>
    public static async Task<long> SettlesAsync(Func<long> counter, TimeSpan stillness)
    {
        var value = counter();
        var still = Stopwatch.StartNew();
        while (still.Elapsed < stillness)
        {
            await Task.Delay(Pause);
            if (counter() == value)
                continue;
            value = counter();
            still.Restart();
        }

        return value;
    }
}
