namespace KubeWsBridge.Bridge.Launching;

/// <summary>Whether a launcher works as it was asked to.</summary>
/// <param name="Problem">A sentence that says what is wrong and what to change; null when nothing is.</param>
/// <param name="IsDown">Whether it can start no worker at all.</param>
public sealed record LauncherHealth(string? Problem = null, bool IsDown = false)
{
    /// <summary>All is well.</summary>
    public static readonly LauncherHealth Ready = new();

    /// <summary>Sessions are served, but not in the way that was asked for, or not all of them.</summary>
    public bool IsDegraded => Problem is not null;
}
