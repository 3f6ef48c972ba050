namespace KubeWsBridge.Certificates.Acme;

/// <summary>Why a certificate is revoked; those of RFC 5280 section 5.3.1 that authorities take from its holder.</summary>
public enum RevocationReason
{
    /// <summary>No reason given.</summary>
    Unspecified = 0,

    /// <summary>Somebody else may know the key.</summary>
    KeyCompromise = 1,

    /// <summary>The names belong to somebody else now.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate took its place.</summary>
    Superseded = 4,

    /// <summary>The service has ended.</summary>
    CessationOfOperation = 5,
}
