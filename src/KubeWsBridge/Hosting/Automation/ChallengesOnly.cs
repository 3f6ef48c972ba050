namespace KubeWsBridge.Hosting.Automation;

/// <summary>Marks connections of a listener that serves nothing but answers to HTTP-01 challenges.</summary>
internal sealed class ChallengesOnly
{
    /// <summary>The one instance.</summary>
    public static readonly ChallengesOnly Instance = new();
}
