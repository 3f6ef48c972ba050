namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>How far an authorization is.</summary>
public enum AuthorizationStatus
{
    /// <summary>A challenge has to be met.</summary>
    Pending,

    /// <summary>The proof was given.</summary>
    Valid,

    /// <summary>A challenge was not met.</summary>
    Invalid,

    /// <summary>Its account took it back.</summary>
    Deactivated,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>The authority took it back.</summary>
    Revoked,
}
