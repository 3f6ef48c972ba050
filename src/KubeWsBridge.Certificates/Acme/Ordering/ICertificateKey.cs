using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>The private key of a certificate to be, as far as a certificate request needs it.</summary>
public interface ICertificateKey : IDisposable
{
    /// <summary>The public half.</summary>
    PublicKey PublicKey { get; }

    /// <summary>What signs with the private half.</summary>
    X509SignatureGenerator Signer { get; }

    /// <summary>The hash that is signed; without meaning for algorithms that have one of their own.</summary>
    HashAlgorithmName Hash { get; }

    /// <summary>The private key as PEM.</summary>
    string ExportPem();
}
