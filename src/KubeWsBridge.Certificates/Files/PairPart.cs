namespace KubeWsBridge.Certificates.Files;

/// <summary>The files a pair of certificate and key is made of.</summary>
public enum PairPart
{
    /// <summary>The certificate and its chain.</summary>
    Certificate,

    /// <summary>The private key.</summary>
    Key,

    /// <summary>The password of the private key.</summary>
    Password,
}
