using KubeWsBridge.Bridge;

namespace KubeWsBridge.Hosting.Draining;

/// <summary>The sessions as the drain sees them.</summary>
internal interface IDrainedSessions
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Ends them in order; true when none is left.</summary>
    Task<bool> EndAsync(SessionDrainOptions options, CancellationToken stop);

    /// <summary>Ends them at once.</summary>
    Task AbortAsync();
}
