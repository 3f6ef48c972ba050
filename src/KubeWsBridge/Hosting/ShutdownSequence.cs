using System.Runtime.InteropServices;
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
    private readonly TimeProvider _timeProvider;
    private readonly TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _begun = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _received;

    public ShutdownSequence(Drain drain, IHostApplicationLifetime lifetime, TimeProvider timeProvider)
    {
        (_drain, _timeProvider) = (drain, timeProvider);
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, 2)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, 15)),
        ];
        _ = StopWhenOverAsync(lifetime);
    }

    /// <summary>Signals the first signal.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>Signals the second one: what is left is to end at once.</summary>
    public CancellationToken Hurried => _hurry.Token;

    /// <summary>0 after an orderly end, 128 + the signal's number when a second signal cut it short.</summary>
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _begun.Dispose();
        _hurry.Dispose();
    }

    private void Handle(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        switch (Interlocked.Increment(ref _received))
        {
            case 1:
                _drain.Start(isFinal: true);
                _signalled.TrySetResult();
                _begun.Cancel();
                break;
            case 2:
                ExitCode = 128 + number;
                _drain.Hurry();
                _hurry.Cancel();
                break;
        }
    }

    private async Task StopWhenOverAsync(IHostApplicationLifetime lifetime)
    {
        var run = await _drain.Over;
        await Task.WhenAny(run.Answered, Task.Delay(AnswerTimeout, _timeProvider));
        await Task.WhenAny(_signalled.Task, Task.Delay(Farewell, _timeProvider));
        lifetime.StopApplication();
    }
}
