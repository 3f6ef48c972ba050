namespace KubeWsBridge.Certificates.Life;

/// <summary>Who serves certificates.</summary>
public interface ICertificateSink
{
    /// <summary>Serves the certificate from now on, instead of the one before.</summary>
    void Serve(ManagedCertificate managed, StoredCertificate certificate);
}
