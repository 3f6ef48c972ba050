using System.Collections.Frozen;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Which certificate is shown for which name; never changes, a new one takes its place.</summary>
public sealed class CertificateSnapshot
{
    private readonly FrozenDictionary<string, ServedCertificate[]> _byName;

    /// <summary>Indexes the certificates by their names.</summary>
    /// <param name="certificates">At least one; of those with the same name the first one whose key the client takes is shown.</param>
    public CertificateSnapshot(IReadOnlyList<ServedCertificate> certificates)
    {
        All = certificates;
        _byName = certificates.SelectMany(certificate => certificate.Pair.Names.Select(name => (Name: name, Certificate: certificate)))
            .GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(entry => entry.Certificate).ToArray(), StringComparer.Ordinal);

        // Whoever asks for an unknown name, or for none, gets the first certificate, or one for the same names with another key.
        var first = certificates[0].Pair;
        Default = [.. certificates.Where(other => other.Pair == first || (first.Names.Count > 0 && first.Names.SequenceEqual(other.Pair.Names)))];
    }

    /// <summary>All certificates, in order of preference.</summary>
    public IReadOnlyList<ServedCertificate> All { get; }

    private ServedCertificate[] Default { get; }

    /// <summary>Whether there is a certificate for the name, rather than the one for all others.</summary>
    public bool Covers(string serverName) => Candidates(serverName) != Default;

    /// <summary>The certificate for a client.</summary>
    /// <param name="serverName">The name it asks for (SNI); null or empty when it asks for none.</param>
    /// <param name="hello">What else it said; null when that is not known.</param>
    public ServedCertificate Find(string? serverName, ClientHello? hello)
    {
        var candidates = Candidates(serverName);
        return candidates.Length == 1 ? candidates[0] : Choose(candidates, hello);
    }

    // Nobody knows better without a hello: every client takes what is not Ed25519.
    private static ServedCertificate Choose(ServedCertificate[] candidates, ClientHello? hello) =>
        Array.Find(candidates, one => hello?.Takes(one.Pair.Algorithm) ?? one.Pair.Algorithm != KeyAlgorithm.Ed25519) ?? candidates[^1];

    // RFC 6125 section 6.4.3: a wildcard stands for exactly one label, the first.
    private ServedCertificate[] Candidates(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName))
            return Default;
        var name = CertificateNames.Normalize(serverName);
        if (_byName.TryGetValue(name, out var exact))
            return exact;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _byName.TryGetValue("*" + name[dot..], out var wildcard) ? wildcard : Default;
    }
}
