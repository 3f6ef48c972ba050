namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>What was found at the front of a back-connection.</summary>
internal enum HelloResult
{
    /// <summary>No newline yet.</summary>
    Incomplete,

    /// <summary>A well-formed line.</summary>
    Complete,

    /// <summary>Something no worker of ours would send.</summary>
    Malformed,
}
