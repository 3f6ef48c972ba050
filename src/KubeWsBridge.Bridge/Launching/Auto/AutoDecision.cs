namespace KubeWsBridge.Bridge.Launching.Auto;

/// <summary>What was chosen.</summary>
/// <param name="Launcher">The launcher.</param>
/// <param name="Why">The rest of a sentence that begins with "because"; null when nobody needs to be told.</param>
internal readonly record struct AutoDecision(ILauncher Launcher, string? Why);
