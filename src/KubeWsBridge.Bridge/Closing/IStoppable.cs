namespace KubeWsBridge.Bridge.Closing;

/// <summary>Something with a process of its own that can be asked, told and forced to end.</summary>
public interface IStoppable
{
    /// <summary>Completes when the worker has ended and its process group is gone; never faults.</summary>
    Task<WorkerExit> Exited { get; }

    /// <summary>Sends the signal to the worker and every process in its group; does nothing once it has ended.</summary>
    void Signal(StopSignal signal);
}
