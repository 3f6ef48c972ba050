using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Hosting.Draining;

/// <summary>The sessions of a bridge.</summary>
internal sealed class BridgeSessions(SessionRegistry registry, TimeProvider timeProvider) : IDrainedSessions
{
    private readonly SessionDrain _drain = new(registry, timeProvider, Random.Shared);

    /// <inheritdoc/>
    public int Count => registry.Count;

    /// <inheritdoc/>
    public Task<bool> EndAsync(SessionDrainOptions options, CancellationToken stop) => _drain.RunAsync(options, stop);

    /// <inheritdoc/>
    public Task AbortAsync() => registry.AbortAllAsync(Refusals.Draining);
}
