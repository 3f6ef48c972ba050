namespace KubeWsBridge.Bridge.Closing;

/// <summary>The signals that end a worker, gentle one first.</summary>
public enum StopSignal
{
    /// <summary>SIGTERM: the worker may still clean up.</summary>
    Terminate,

    /// <summary>SIGKILL: it may not.</summary>
    Kill,
}
