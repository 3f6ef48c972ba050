namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>Waits that double from <paramref name="first"/> up to <paramref name="longest"/>, each varied by half so that clients spread.</summary>
/// <param name="first">The first wait.</param>
/// <param name="longest">The longest wait.</param>
/// <param name="random">Gives numbers from 0 up to 1.</param>
internal sealed class Waits(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private TimeSpan _next = first;

    /// <summary>The next wait: what the server asked for if it did, else the next of these.</summary>
    public TimeSpan Next(TimeSpan? asked = null)
    {
        var wait = _next;
        _next = TimeSpan.FromTicks(Math.Min(longest.Ticks, 2 * wait.Ticks));
        // Whoever was told a time comes a little later than told, never earlier.
        return asked is { } least ? least + random() * TimeSpan.FromSeconds(1) : wait * (0.75 + random() / 2);
    }
}
