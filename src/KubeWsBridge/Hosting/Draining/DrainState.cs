namespace KubeWsBridge.Hosting.Draining;

/// <summary>How far the program's going away has come.</summary>
internal enum DrainState
{
    /// <summary>It is not going away.</summary>
    Serving,

    /// <summary>Readiness is withdrawn; new connections are still accepted, for it takes a while until none come.</summary>
    Leaving,

    /// <summary>New connections are refused, sessions are ended.</summary>
    Closing,

    /// <summary>Sessions are over; nothing holds the program's end up any more.</summary>
    Exiting,
}
