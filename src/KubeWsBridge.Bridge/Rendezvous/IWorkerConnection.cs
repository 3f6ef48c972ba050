using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The worker's end of a session, in the framing it speaks.</summary>
internal interface IWorkerConnection : IPumpSource, IPumpSink, IDisposable
{
    /// <inheritdoc cref="IDataPath.WorkerEnd"/>
    WorkerEnd? End { get; }

    /// <summary>Nothing more will be read.</summary>
    void OutputEnded();

    /// <inheritdoc cref="IDataPath.CanAnnounceEnd"/>
    bool CanAnnounceEnd { get; }

    /// <inheritdoc cref="IDataPath.AnnounceEnd"/>
    bool AnnounceEnd(TimeSpan left);

    /// <inheritdoc cref="IDataPath.EndInput"/>
    void EndInput(int code, string reason);
}
