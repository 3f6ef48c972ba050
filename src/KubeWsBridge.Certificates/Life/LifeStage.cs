namespace KubeWsBridge.Certificates.Life;

/// <summary>Where the life of a certificate is; it goes round in this order.</summary>
public enum LifeStage
{
    /// <summary>The storage is looked at.</summary>
    Load,

    /// <summary>The certificate is served; nothing is to be done, or it is too early to try again.</summary>
    Serve,

    /// <summary>It is due, and the lock is asked for.</summary>
    Lock,

    /// <summary>It is due, and another replica sees to it.</summary>
    Elsewhere,

    /// <summary>The lock is held, and a certificate is ordered.</summary>
    Order,

    /// <summary>The new certificate is written down.</summary>
    Store,

    /// <summary>The new certificate takes the old one's place.</summary>
    Swap,

    /// <summary>All authorities have failed, which is written down.</summary>
    BackOff,
}
