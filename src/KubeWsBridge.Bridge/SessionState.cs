namespace KubeWsBridge.Bridge;

/// <summary>How far a session has come.</summary>
public enum SessionState
{
    /// <summary>Its worker is started and awaited.</summary>
    Launching,

    /// <summary>It carries messages.</summary>
    Open,

    /// <summary>One side has ended, or somebody asked for its end.</summary>
    Ending,
}
