namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>How far an order is.</summary>
public enum OrderStatus
{
    /// <summary>Authorizations are missing.</summary>
    Pending,

    /// <summary>The certificate request is awaited.</summary>
    Ready,

    /// <summary>The certificate is being made.</summary>
    Processing,

    /// <summary>The certificate is there.</summary>
    Valid,

    /// <summary>It failed, for good.</summary>
    Invalid,
}
