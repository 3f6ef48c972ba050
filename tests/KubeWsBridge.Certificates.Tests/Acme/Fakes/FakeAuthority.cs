using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Tests.Acme.Fakes;

/// <summary>Signs certificates under a root and an intermediate of its own.</summary>
internal sealed class FakeAuthority
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _intermediate;

    public FakeAuthority(string name)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = Authority($"CN={name} Root", rootKey);
        Root = rootRequest.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var request = Authority($"CN={name} Intermediate", _key);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, true, false));
        _intermediate = request.Create(Root, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(199), [1]);
    }

    public X509Certificate2 Root { get; }

    /// <summary>The chain in PEM: the certificate and the intermediate.</summary>
    public string Issue(byte[] signingRequest, DateTimeOffset now, TimeSpan lifetime)
    {
        var wanted = CertificateRequest.LoadSigningRequest(
            signingRequest, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1);
        var request = new CertificateRequest(new X500DistinguishedName(""), wanted.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(wanted.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>().Single());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_intermediate, true, false));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] |= 0x80; // a first bit that makes careless readers think of negative numbers
        var certificate = request.Create(
            _intermediate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), now, now + lifetime, serial);
        return certificate.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n";
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
