namespace KubeWsBridge.Bridge.Admission;

/// <summary>A session's place and its worker's, given back apart, because either can outlive the other.</summary>
public sealed class AdmissionPermit
{
    private readonly AddressKey _address;
    private readonly string _route;
    private AdmissionGate? _sessionGate;
    private AdmissionGate? _workerGate;

    internal AdmissionPermit(AdmissionGate gate, AddressKey address, string route)
    {
        (_sessionGate, _workerGate) = (gate, gate);
        (_address, _route) = (address, route);
    }

    /// <summary>Gives the session's place back, once it is torn down; a second time does nothing.</summary>
    public void ReleaseSession() => Interlocked.Exchange(ref _sessionGate, null)?.LeaveSession(_address, _route);

    /// <summary>Gives the worker's place back, once the worker is gone or will never start; a second time does nothing.</summary>
    public void ReleaseWorker() => Interlocked.Exchange(ref _workerGate, null)?.LeaveWorker();
}
