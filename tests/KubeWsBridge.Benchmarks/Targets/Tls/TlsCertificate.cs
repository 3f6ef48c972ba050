using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Benchmarks.Targets.Tls;

/// <summary>The certificate that everybody shows: P-256, self-signed, for localhost.</summary>
internal sealed class TlsCertificate
{
    /// <summary>Writes it to a folder of the run.</summary>
    public TlsCertificate(string folder)
    {
        (Chain, Key) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(Chain, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The certificate's file.</summary>
    public string Chain { get; }

    /// <summary>The key's file.</summary>
    public string Key { get; }
}
