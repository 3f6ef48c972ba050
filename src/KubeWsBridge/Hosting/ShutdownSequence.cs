using System.Runtime.InteropServices;
using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting;

/// <summary>
/// The end of the program. The first SIGINT or SIGTERM drains: new connections get a 503, workers in messages framing a notice, sessions a close
/// frame, workers their grace. A second one, or the end of the drain timeout, ends what is left at once.
/// </summary>
internal sealed class ShutdownSequence : IDisposable
{
    private readonly WebSocketBridge _bridge;
    private readonly TimeSpan _drainPeriod;
    private readonly TimeSpan _drainTimeout;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _begun = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _received;

    public ShutdownSequence(
        WebSocketBridge bridge, TimeSpan drainPeriod, TimeSpan drainTimeout, IHostApplicationLifetime lifetime, ILogger logger)
    {
        (_bridge, _drainPeriod, _drainTimeout, _lifetime, _logger) = (bridge, drainPeriod, drainTimeout, lifetime, logger);
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, 2)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, 15)),
        ];
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
                _begun.Cancel();
                _ = DrainAsync();
                break;
            case 2:
                ExitCode = 128 + number;
                _hurry.Cancel();
                break;
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            HostingLog.Draining(_logger, _bridge.Registry.Count, _drainTimeout.TotalSeconds);
            if (!await _bridge.DrainAsync(_drainPeriod, _drainTimeout, _hurry.Token))
            {
                HostingLog.DrainCutShort(_logger, _bridge.Registry.Count);
                await _bridge.Registry.AbortAllAsync(Refusals.Draining);
            }

            HostingLog.Drained(_logger);
        }
        finally
        {
            _lifetime.StopApplication();
        }
    }
}
