namespace KubeWsBridge.Hosting.Reloading;

/// <summary>How the configuration file as it is now stands to what is in force.</summary>
/// <param name="Problems">Why it is not in force; none when it is.</param>
/// <param name="Restart">Keys whose values in it need a restart.</param>
internal sealed record ReloadState(IReadOnlyList<string> Problems, IReadOnlyList<string> Restart);
