using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Tests;

/// <summary>A certificate authority for tests.</summary>
public sealed class TestAuthority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes a root, or an authority below another one.</summary>
    public TestAuthority(string name, TestAuthority? above = null)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1000), DateTimeOffset.UtcNow.AddDays(1000));
        Certificate = above is null ? request.CreateSelfSigned(from, to) : above.Sign(request, from.AddDays(1), to.AddDays(-1)).CopyWithPrivateKey(_key);
    }

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>Issues a certificate with its key.</summary>
    /// <param name="name">The common name, and the DNS name unless others are given.</param>
    /// <param name="key">The key; a new P-256 one when null. Stays the caller's.</param>
    /// <param name="use">The extended key usage; null for a certificate without that extension.</param>
    /// <param name="from">When it begins to be valid, in days from now.</param>
    /// <param name="to">When it ends, in days from now.</param>
    /// <param name="names">Its DNS names and addresses.</param>
    public X509Certificate2 Issue(
        string name, AsymmetricAlgorithm? key = null, string? use = ServerUse, double from = -1, double to = 90, params IReadOnlyList<string> names)
    {
        var own = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, own, use, names);
        var certificate = Sign(request, DateTimeOffset.UtcNow.AddDays(from), DateTimeOffset.UtcNow.AddDays(to));
        return own is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)own);
    }

    /// <summary>A certificate nobody vouches for but itself.</summary>
    public static X509Certificate2 SelfSigned(string name, string? use = ServerUse)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(name, key, use, []).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The key in the usual form.</summary>
    public static string KeyPem(X509Certificate2 certificate)
    {
        using var key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key, string? use, IReadOnlyList<string> names)
    {
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        foreach (var one in names.Count > 0 ? names : [name])
            if (IPAddress.TryParse(one, out var address))
                alternative.AddIpAddress(address);
            else
                alternative.AddDnsName(one);
        request.CertificateExtensions.Add(alternative.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        if (use is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        return request;
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset to)
    {
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] = 0x5A;
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), from, to, serial);
    }
}
