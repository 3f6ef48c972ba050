using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Files;

/// <summary>Puts certificates and their private keys together.</summary>
internal static class PrivateKeys
{
    /// <summary>The first certificate with its key, the others being its chain.</summary>
    /// <exception cref="FileFaultException">The key can't be read, or is another certificate's.</exception>
    public static CertificatePair Attach(IReadOnlyList<X509Certificate2> chain, PemKey key, string? password)
    {
        var (certificate, rest) = (chain[0], chain.Skip(1).ToArray());
        if (key.Form == PemKeyForm.Encrypted && password is null)
            throw new FileFaultException("is encrypted, and there is no password.", "Name the file that has it: --tls-key-password-file.");
        var wanted = certificate.PublicKey.Oid.Value;
        if (key.Algorithm is { } algorithm && algorithm != wanted)
            throw Apart($"its key is {AlgorithmIds.Name(algorithm)}, the certificate's {AlgorithmIds.Name(wanted)}");
        try
        {
            switch (KeyAlgorithms.Of(certificate.PublicKey))
            {
                case KeyAlgorithm.Rsa:
                    using (var rsa = RSA.Create())
                    {
                        Import(rsa, key, password);
                        return CertificatePair.Of(Servable(certificate.CopyWithPrivateKey(rsa)), rest);
                    }

                case KeyAlgorithm.Ed25519:
                    return CertificatePair.Of(certificate, Ed25519(certificate, key, password), rest);

                default:
                    using (var ecdsa = ECDsa.Create())
                    {
                        Import(ecdsa, key, password);
                        return CertificatePair.Of(Servable(certificate.CopyWithPrivateKey(ecdsa)), rest);
                    }
            }
        }
        catch (ArgumentException)
        {
            throw Apart("it has another public key");
        }
        catch (CryptographicException exception)
        {
            throw key.Form == PemKeyForm.Encrypted
                ? new FileFaultException("cannot be decrypted, or is not of the certificate's kind.", "Check the password in --tls-key-password-file, and the key.")
                : new FileFaultException($"has a private key that cannot be read: {exception.Message}", "Get the file anew.");
        }
    }

    private static FileFaultException Apart(string how) =>
        new($"does not belong to the certificate: {how}.", "Give the key the certificate was made for; the certificate must be the first in its file.");

    private static Ed25519Key Ed25519(X509Certificate2 certificate, PemKey key, string? password)
    {
        if (!Ed25519Key.IsSupported)
            throw new FileFaultException("is an Ed25519 key, which can be served on Linux only.", "Use a certificate with another kind of key.");

        var ed25519 = key.Form == PemKeyForm.Encrypted ? Ed25519Key.ImportEncryptedPkcs8(password!, key.Bytes) : Ed25519Key.ImportPkcs8(key.Bytes);
        return ed25519.PublicKey.Span.SequenceEqual(certificate.PublicKey.EncodedKeyValue.RawData) ? ed25519 : throw Apart("it has another public key");
    }

    private static void Import(RSA rsa, PemKey key, string? password)
    {
        if (key.Form == PemKeyForm.Rsa)
            rsa.ImportRSAPrivateKey(key.Bytes, out _);
        else
            ImportPkcs8(rsa, key, password);
    }

    private static void Import(ECDsa ecdsa, PemKey key, string? password)
    {
        if (key.Form == PemKeyForm.EllipticCurve)
            ecdsa.ImportECPrivateKey(key.Bytes, out _);
        else
            ImportPkcs8(ecdsa, key, password);
    }

    private static void ImportPkcs8(AsymmetricAlgorithm algorithm, PemKey key, string? password)
    {
        if (key.Form == PemKeyForm.Encrypted)
            algorithm.ImportEncryptedPkcs8PrivateKey(password, key.Bytes, out _);
        else
            algorithm.ImportPkcs8PrivateKey(key.Bytes, out _);
    }

    // Windows can't serve a key that lives in memory only.
    private static X509Certificate2 Servable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
