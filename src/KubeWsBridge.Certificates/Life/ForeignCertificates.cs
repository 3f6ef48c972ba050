using KubeWsBridge.Certificates.Files;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Finds certificates where other ACME clients keep theirs.</summary>
public static class ForeignCertificates
{
    /// <summary>The files of every certificate with its key below a folder of lego's, certbot's or Caddy's.</summary>
    public static IReadOnlyList<PairFiles> Find(string folder) => [.. Lego(folder), .. Caddy(folder), .. Certbot(folder)];

    // certificates/NAME.crt and .key; the chain is in NAME.crt too, and alone in NAME.issuer.crt.
    private static IEnumerable<PairFiles> Lego(string folder) => Pairs(Path.Combine(folder, "certificates"));

    // certificates/AUTHORITY/NAME/NAME.crt and .key
    private static IEnumerable<PairFiles> Caddy(string folder) =>
        Folders(Path.Combine(folder, "certificates")).SelectMany(Folders).SelectMany(Pairs);

    // live/NAME/fullchain.pem and privkey.pem
    private static IEnumerable<PairFiles> Certbot(string folder) => Folders(Path.Combine(folder, "live"))
        .Select(name => new PairFiles(Path.Combine(name, "fullchain.pem"), Path.Combine(name, "privkey.pem")))
        .Where(pair => File.Exists(pair.Certificate) && File.Exists(pair.Key));

    private static IEnumerable<PairFiles> Pairs(string folder) => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.crt")
        .Select(certificate => new PairFiles(certificate, Path.ChangeExtension(certificate, ".key")))
        .Where(pair => File.Exists(pair.Key));

    private static IEnumerable<string> Folders(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];
}
