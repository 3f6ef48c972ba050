using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Pairs;

/// <summary>Makes self-signed server certificates.</summary>
internal static class SelfSigned
{
    // Apple's limit for certificates that users trust by hand is 825 days, browsers' for all others 398.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);

    // Clocks of clients may be behind.
    private static readonly TimeSpan Backdate = TimeSpan.FromDays(1);

    /// <summary>A pair for the names.</summary>
    /// <param name="domains">DNS names, wildcards and IP addresses, at least one.</param>
    /// <param name="type">The kind of key.</param>
    /// <param name="now">The time it is made at.</param>
    public static CertificatePair Make(IReadOnlyList<string> domains, KeyType type, DateTimeOffset now)
    {
        if (type == KeyType.Ed25519 && Ed25519Key.IsSupported)
        {
            var ed25519 = Ed25519Key.Create();
            var request = Complete(new CertificateRequest(Subject(domains[0]), Ed25519Signatures.PublicKeyOf(ed25519), default), domains);
            var serial = RandomNumberGenerator.GetBytes(8);
            serial[0] &= 0x7F; // a positive number (RFC 5280 section 4.1.2.2)
            return CertificatePair.Of(request.Create(request.SubjectName, new Ed25519Signatures(ed25519), now - Backdate, now + Lifetime, serial), ed25519);
        }

        using var key = NewKey(type);
        return CertificatePair.Of(Complete(Request(domains[0], key, type), domains).CreateSelfSigned(now - Backdate, now + Lifetime));
    }

    /// <summary>Whether the certificate is for exactly these names.</summary>
    public static bool IsFor(X509Certificate2 certificate, IReadOnlyList<string> domains) =>
        certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == "2.5.29.17") is { } names
        && names.RawData.AsSpan().SequenceEqual(AlternativeNames(domains).RawData);

    private static AsymmetricAlgorithm NewKey(KeyType type) => type switch
    {
        KeyType.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        KeyType.Rsa2048 => RSA.Create(2048),
        KeyType.Rsa4096 => RSA.Create(4096),
        _ => ECDsa.Create(ECCurve.NamedCurves.nistP256),
    };

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key, KeyType type)
    {
        var hash = type == KeyType.P384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        return key is RSA rsa
            ? new CertificateRequest(Subject(name), rsa, hash, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(Subject(name), (ECDsa)key, hash);
    }

    private static CertificateRequest Complete(CertificateRequest request, IReadOnlyList<string> domains)
    {
        request.CertificateExtensions.Add(AlternativeNames(domains));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // serverAuth
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    // RFC 5280 appendix A.1: ub-common-name is 64; longer names stand in the extension alone.
    private static X500DistinguishedName Subject(string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name.Length <= 64 ? name : "KubeWsBridge");
        return subject.Build();
    }

    private static X509Extension AlternativeNames(IReadOnlyList<string> domains)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var domain in domains)
        {
            if (IPAddress.TryParse(domain, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(domain);
        }

        return names.Build();
    }
}
