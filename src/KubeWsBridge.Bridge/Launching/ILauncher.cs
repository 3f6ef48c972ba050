namespace KubeWsBridge.Bridge.Launching;

/// <summary>Brings the workers of one route to life. Disposing it ends what it has kept at hand; workers are ended by their sessions before.</summary>
public interface ILauncher : IAsyncDisposable
{
    /// <summary>The name used in configuration, for example <c>process</c>.</summary>
    string Name { get; }

    /// <summary>How it does now.</summary>
    LauncherHealth Health { get; }

    /// <summary>Begins to prepare what can be prepared before the first session; returns at once and never throws.</summary>
    void Start();

    /// <summary>
    /// No session will come any more, besides those on their way: gives up what it keeps ready for others. Those who have its workers keep them.
    /// Returns at once and never throws.
    /// </summary>
    void Retire()
    {
    }

    /// <summary>Starts a worker; it is running when this returns. Works at any time after <see cref="Start"/>, prepared or not.</summary>
    /// <exception cref="LaunchException">The worker could not be started; the message tells the operator what to change.</exception>
    ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken);
}
