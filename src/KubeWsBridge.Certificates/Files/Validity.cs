using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Files;

/// <summary>Warns of certificates that clients will not take.</summary>
internal static class Validity
{
    /// <summary>A sentence for everything that clients will mind.</summary>
    public static IEnumerable<string> Warnings(string file, CertificatePair pair, DateTimeOffset now)
    {
        foreach (var certificate in pair.Chain.Prepend(pair.Leaf))
        {
            if (certificate.NotAfter < now)
                yield return $"{file}: the certificate {Name(certificate)} has expired at {Time(certificate.NotAfter)}; clients will refuse it.";
            else if (certificate.NotBefore > now)
                yield return $"{file}: the certificate {Name(certificate)} is valid only from {Time(certificate.NotBefore)}; clients will refuse it until then.";
        }

        if (!pair.HasAlternativeNames)
            yield return $"{file}: the certificate {Name(pair.Leaf)} has no subject alternative names; browsers will refuse it.";
    }

    private static string Name(X509Certificate2 certificate) => $"\"{certificate.Subject}\"";

    private static string Time(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
