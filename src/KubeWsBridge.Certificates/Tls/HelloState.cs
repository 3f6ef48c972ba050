namespace KubeWsBridge.Certificates.Tls;

/// <summary>What is known of the first bytes of a connection.</summary>
internal enum HelloState
{
    /// <summary>They may become a hello.</summary>
    Incomplete,

    /// <summary>They are one.</summary>
    Complete,

    /// <summary>They are none.</summary>
    NoHello,
}
