using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Files;

/// <summary>Reads certificates in PEM form.</summary>
internal static class PemChain
{
    private const string Label = "CERTIFICATE";

    /// <summary>All certificates of the text, in its order; other blocks, such as a key in the same file, are passed over.</summary>
    public static List<X509Certificate2> Parse(string text)
    {
        var certificates = new List<X509Certificate2>();
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
            if (rest[found.Label].SequenceEqual(Label))
                certificates.Add(Load(rest[found.Location], certificates.Count + 1));
        return certificates.Count > 0
            ? certificates
            : throw new FileFaultException("has no certificate.", "It must have a block that begins with -----BEGIN CERTIFICATE-----.");
    }

    private static X509Certificate2 Load(ReadOnlySpan<char> block, int number)
    {
        try
        {
            return X509Certificate2.CreateFromPem(block);
        }
        catch (CryptographicException exception)
        {
            throw new FileFaultException($"has a certificate, number {number}, that cannot be read: {exception.Message}", "Get the file anew.");
        }
    }
}
