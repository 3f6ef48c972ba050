namespace KubeWsBridge.Certificates.Tls;

/// <summary>Where the server's certificate comes from.</summary>
public enum TlsMode
{
    /// <summary>Plain connections only.</summary>
    None,

    /// <summary>Certificate and key files (<c>manual</c>).</summary>
    Manual,

    /// <summary>Made by the bridge itself (<c>internal</c>, also <c>self-signed</c>).</summary>
    Internal,

    /// <summary>Obtained and renewed by ACME (<c>automate</c>, also <c>acme</c>).</summary>
    Automate,
}
