namespace KubeWsBridge.Certificates.Tls;

/// <summary>What is shown right now; the one place where certificates are swapped under running handshakes.</summary>
public sealed class CertificateStore
{
    private CertificateSnapshot _current;

    /// <summary>Begins with these certificates.</summary>
    public CertificateStore(CertificateSnapshot first) => _current = first;

    /// <summary>What handshakes that begin now are answered with.</summary>
    public CertificateSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Shows other certificates from now on; connections keep what they have.</summary>
    public void Swap(CertificateSnapshot next) => Volatile.Write(ref _current, next);
}
