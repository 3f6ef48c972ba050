namespace KubeWsBridge.Hosting.Draining;

/// <summary>How a drain ended.</summary>
internal enum DrainOutcome
{
    /// <summary>All sessions ended in order.</summary>
    Completed,

    /// <summary>The time was over, or a second signal came, and what was left was ended at once.</summary>
    CutShort,

    /// <summary>Somebody called it off.</summary>
    Cancelled,
}
