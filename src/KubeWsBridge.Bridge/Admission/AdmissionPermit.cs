namespace KubeWsBridge.Bridge.Admission;

/// <summary>A session's place and its worker's, given back apart, because either can outlive the other; disposing it gives back what is left.</summary>
public sealed class AdmissionPermit : IDisposable
{
    private const int Session = 1;
    private const int Worker = 2;
    private const int BackConnection = 4;

    private readonly AdmissionGate _gate;
    private readonly AddressKey _address;
    private readonly string _route;
    private readonly int _memoryTurn;
    private int _released;

    internal AdmissionPermit(AdmissionGate gate, AddressKey address, string route, int memoryTurn) =>
        (_gate, _address, _route, _memoryTurn) = (gate, address, route, memoryTurn);

    /// <summary>Gives the session's place back, once it is torn down; a second time does nothing.</summary>
    public void ReleaseSession()
    {
        if (IsFirst(Session))
            _gate.LeaveSession(_address, _route);
    }

    /// <summary>Gives the worker's place back, once the worker is gone or will never start; a second time does nothing.</summary>
    public void ReleaseWorker()
    {
        if (IsFirst(Worker))
            _gate.LeaveWorker(_memoryTurn);
    }

    /// <summary>Gives the worker's place back when it is gone, though the session may go on with what it left behind.</summary>
    /// <param name="gone">Never faults.</param>
    public void ReleaseWorkerAfter(Task gone) => gone.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(ReleaseWorker);

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleaseSession();
        ReleaseWorker();
        if (IsFirst(BackConnection))
            _gate.LeaveBackConnection();
    }

    private bool IsFirst(int place) => (Interlocked.Or(ref _released, place) & place) == 0;
}
