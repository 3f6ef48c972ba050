using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>A worker could not be started.</summary>
public sealed class LaunchException(string message, bool retryable, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether trying again at once may help: true for a full process table, false for a missing executable.</summary>
    public bool Retryable { get; } = retryable;

    /// <summary>What the client is told.</summary>
    public Refusal Refusal { get; init; } = Refusals.LaunchFailed;
}
