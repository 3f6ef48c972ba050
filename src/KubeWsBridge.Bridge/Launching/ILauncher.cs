namespace KubeWsBridge.Bridge.Launching;

/// <summary>One way to bring a worker to life.</summary>
public interface ILauncher
{
    /// <summary>The name used in configuration, for example <c>process</c>.</summary>
    string Name { get; }

    /// <summary>Starts a worker; it is running when this returns.</summary>
    /// <exception cref="LaunchException">The worker could not be started; the message tells the operator what to change.</exception>
    ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken);
}
