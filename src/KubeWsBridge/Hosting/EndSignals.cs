using System.Runtime.InteropServices;

namespace KubeWsBridge.Hosting;

/// <summary>SIGINT and SIGTERM, which end the program in order, and which it hears from here on: process 1 of a container never does by itself.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    public EndSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, 2)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, 15)),
    ];

    /// <summary>Cancelled by the first signal: all is to end in order.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>Cancelled by the second one: what is left is to end at once.</summary>
    public CancellationToken Second => _second.Token;

    /// <summary>0 after an orderly end, 128 + the signal's number when a second signal cut it short.</summary>
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private void Handle(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        switch (Interlocked.Increment(ref _received))
        {
            case 1:
                _first.Cancel();
                break;
            case 2:
                ExitCode = 128 + number;
                _second.Cancel();
                break;
        }
    }
}
