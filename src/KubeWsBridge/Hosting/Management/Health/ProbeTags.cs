namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>Which probe a check belongs to.</summary>
internal static class ProbeTags
{
    /// <summary>Failing is a reason to restart the program.</summary>
    public const string Live = "live";

    /// <summary>Failing is a reason to send clients elsewhere.</summary>
    public const string Ready = "ready";

    /// <summary>Failing means that it has not begun to serve.</summary>
    public const string Startup = "startup";
}
