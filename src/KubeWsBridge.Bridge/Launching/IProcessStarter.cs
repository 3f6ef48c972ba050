namespace KubeWsBridge.Bridge.Launching;

/// <summary>Starts processes, the way of the operating system the bridge runs on.</summary>
internal interface IProcessStarter
{
    /// <summary>Starts one; it is running when this returns, which is at once.</summary>
    /// <exception cref="LaunchException">It could not be started; the message tells the operator what to change.</exception>
    IWorker Start(ProcessStart start);
}
