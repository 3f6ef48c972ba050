namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>What an account is good for.</summary>
public enum AccountStatus
{
    /// <summary>It may be used.</summary>
    Valid,

    /// <summary>Its owner ended it.</summary>
    Deactivated,

    /// <summary>The authority ended it.</summary>
    Revoked,
}
