namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>What has just happened to an order.</summary>
public enum OrderStep
{
    /// <summary>It was placed.</summary>
    Ordered,

    /// <summary>One from before a restart, or a failure, goes on.</summary>
    Resumed,

    /// <summary>One from before can't go on, and another is placed.</summary>
    Forgotten,

    /// <summary>The answer to a challenge is shown.</summary>
    Presented,

    /// <summary>An identifier is proved.</summary>
    Authorized,

    /// <summary>The answer to a challenge was taken away.</summary>
    CleanedUp,

    /// <summary>The answer to a challenge could not be taken away.</summary>
    CleanUpFailed,

    /// <summary>That answers were taken away could not be written down.</summary>
    NotWrittenDown,

    /// <summary>The certificate request was brought.</summary>
    Finalized,

    /// <summary>The certificate is here.</summary>
    Issued,

    /// <summary>The preferred chain is not among those on offer.</summary>
    ChainNotOffered,
}
