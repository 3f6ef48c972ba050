using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Pairs;

/// <summary>The names a certificate is for.</summary>
internal static class CertificateNames
{
    /// <summary>Its DNS names by the subject alternative name extension (RFC 5280 section 4.2.1.6); null without the extension.</summary>
    public static IReadOnlyList<string>? Alternative(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? [.. names.EnumerateDnsNames().Select(Normalize).Distinct()]
            : null;

    /// <summary>Its common name, which is what counted before.</summary>
    public static IReadOnlyList<string> Common(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name ? [Normalize(name)] : [];

    /// <summary>A name as names are compared: in lower case, without the dot of the root.</summary>
    public static string Normalize(string name) => name.TrimEnd('.').ToLowerInvariant();
}
