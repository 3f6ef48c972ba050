namespace KubeWsBridge.Certificates.Life;

/// <summary>Who serves certificates.</summary>
public interface ICertificateSink
{
    /// <summary>Serves the certificate from now on, instead of the one before; it is served when this returns.</summary>
    Task ServeAsync(ManagedCertificate managed, StoredCertificate certificate);
}
