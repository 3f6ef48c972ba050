using KubeWsBridge.Hosting.Draining;
using Microsoft.Extensions.Hosting;

namespace KubeWsBridge.Hosting;

/// <summary>
/// The end of the program. The first SIGINT or SIGTERM starts the drain, or joins the one the operator has started; a second one ends what is left at
/// once. When the drain is over, so is the program.
/// </summary>
internal sealed class ShutdownSequence : IDisposable
{
    // Whoever waits at the operator's port for the drain's end gets an answer first. A pod's preStop then has a moment to end by itself, before its
    // container is gone; the SIGTERM that follows it cuts the moment short.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Drain _drain;
    private readonly EndSignals _signals;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenRegistration[] _registrations;

    /// <summary>Begins with the first signal, also if that has come already.</summary>
    public ShutdownSequence(EndSignals signals, Drain drain, IHostApplicationLifetime lifetime, TimeProvider timeProvider)
    {
        (_signals, _drain, _timeProvider) = (signals, drain, timeProvider);
        _registrations = [signals.First.Register(() => drain.Start(isFinal: true)), signals.Second.Register(drain.Hurry)];
        _ = StopWhenOverAsync(lifetime);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private async Task StopWhenOverAsync(IHostApplicationLifetime lifetime)
    {
        var run = await _drain.Over;
        await Task.WhenAny(run.Answered, Task.Delay(AnswerTimeout, _timeProvider));
        await Task.Delay(Farewell, _timeProvider, _signals.First).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }
}
