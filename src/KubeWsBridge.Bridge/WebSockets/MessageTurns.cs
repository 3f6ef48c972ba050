using System.Diagnostics.CodeAnalysis;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Keeps what a worker prints out of the messages it sends: whoever begins a message has its turn until that ends.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle.")]
internal sealed class MessageTurns
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _insideMessage;
    private volatile bool _cut;

    /// <summary>Waits for the turn; false when nothing more can be sent, because a message will never end.</summary>
    /// <param name="ofMessages">Whether the caller is the one that sends in pieces; it has its turn already when a message of its own is unfinished.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<bool> TakeAsync(bool ofMessages, CancellationToken cancellationToken)
    {
        if (ofMessages && Volatile.Read(ref _insideMessage) == 1)
            return new(true);
        var turn = _turn.WaitAsync(cancellationToken);
        return turn.IsCompletedSuccessfully ? new(IsStillOn()) : WaitAsync(turn);
    }

    /// <summary>Gives the turn back, unless the message goes on.</summary>
    public void Give(bool goesOn)
    {
        Volatile.Write(ref _insideMessage, goesOn ? 1 : 0);
        if (!goesOn || _cut)
            _turn.Release();
    }

    /// <summary>Nothing more comes: a message that is not finished never will be, and whoever waits for its end is let go.</summary>
    public void End()
    {
        // Nobody sends any more once a message is cut, so a turn given twice by a race here does no harm.
        if (Interlocked.Exchange(ref _insideMessage, 0) == 0)
            return;
        _cut = true;
        _turn.Release();
    }

    private async ValueTask<bool> WaitAsync(Task turn)
    {
        await turn;
        return IsStillOn();
    }

    private bool IsStillOn()
    {
        if (_cut)
            _turn.Release(); // for those behind
        return !_cut;
    }
}
