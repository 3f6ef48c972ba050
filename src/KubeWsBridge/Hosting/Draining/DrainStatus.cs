namespace KubeWsBridge.Hosting.Draining;

/// <summary>A moment's view of the drain.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Run">The drain; null when there is none.</param>
/// <param name="SessionsLeft">Sessions there are now.</param>
/// <param name="IsFinal">Whether it can't be called off.</param>
internal sealed record DrainStatus(DrainState State, DrainRun? Run, int SessionsLeft, bool IsFinal);
