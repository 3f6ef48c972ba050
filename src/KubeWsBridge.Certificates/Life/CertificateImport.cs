using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Takes over a certificate that another ACME client has obtained, so that none has to be ordered before it is due.</summary>
public sealed class CertificateImport(ManagedCertificate managed, ICertificateStorage storage, IKeySource keys, TimeProvider time)
{
    /// <summary>Stores the one of the folder that is for the same names and lasts longest; under the lock that orders are made under.</summary>
    /// <returns>The certificate, as it is stored.</returns>
    /// <exception cref="AcmeException">There is none, or what is stored lasts as long; the message says what was found.</exception>
    public async Task<StoredCertificate> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = ForeignCertificates.Find(folder).Select(files => PairReader.Read(files, now).Pair).OfType<CertificatePair>().ToArray();
        var best = found.Where(IsForTheNames).Where(pair => pair.Leaf.NotAfter > now.LocalDateTime).MaxBy(pair => pair.Leaf.NotAfter)
            ?? throw new AcmeException(Sorry(folder, found));

        var state = new LifeState(storage, managed, keys);
        await using var held = await state.TryLockAsync(cancellationToken)
            ?? throw new AcmeException("Another process is ordering a certificate at the moment. Try again in a minute.");
        if (await LoadAsync(state, cancellationToken) is { } stored && stored.Leaf.NotAfter >= best.Leaf.NotAfter)
            throw new AcmeException($"The certificate that is stored is good until {stored.NotAfter:u}, as long or longer than any in {folder}.");
        // Whoever issued it: from now on it is renewed at the first authority that is configured.
        var record = new CertificateRecord(managed.Issuers[0].Directory, [.. managed.Names.Select(name => name.Value)], now);
        await state.SaveCertificateAsync(Issued(best), record, cancellationToken);
        return (await state.LoadCertificateAsync(cancellationToken))!;
    }

    private bool IsForTheNames(CertificatePair pair) => NamesOf(pair.Leaf).SetEquals(managed.Names.Select(name => name.Value));

    private static HashSet<string> NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return [.. names?.EnumerateDnsNames().Select(name => Identifier.Parse(name).Value) ?? [],
            .. names?.EnumerateIPAddresses().Select((IPAddress address) => address.ToString()) ?? []];
    }

    private static IssuedCertificate Issued(CertificatePair pair)
    {
        var pem = pair.ExportPem();
        return new(CertificateChain.FromPem(pem), pem[pem.IndexOf("-----BEGIN PRIVATE KEY", StringComparison.Ordinal)..]);
    }

    private static async Task<StoredCertificate?> LoadAsync(LifeState state, CancellationToken cancellationToken)
    {
        try
        {
            return await state.LoadCertificateAsync(cancellationToken);
        }
        catch (DamagedStateException)
        {
            return null; // anything is better
        }
    }

    private string Sorry(string folder, CertificatePair[] found) =>
        $"There is no certificate in {folder} that is for {string.Join(", ", managed.Names)} and not expired. "
        + (found.Length == 0
            ? "It should be the folder of lego (with certificates/), of certbot (with live/) or of Caddy (with certificates/), and readable."
            : "Found: " + string.Join("; ", found.Select(pair => $"{string.Join(", ", NamesOf(pair.Leaf))} until {new DateTimeOffset(pair.Leaf.NotAfter):u}"))
                + $". Give the same names to --tls-domain.");
}
