namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Where the keys of certificates come from.</summary>
public interface IKeySource
{
    /// <summary>The key for a new order.</summary>
    ICertificateKey Make();

    /// <summary>A key that was written down by <see cref="ICertificateKey.ExportPem"/>.</summary>
    ICertificateKey Load(string pem);
}
