using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>What is written down of one managed certificate, and where.</summary>
internal sealed class LifeState(ICertificateStorage storage, ManagedCertificate managed, IKeySource keys)
{
    private readonly string _id = managed.Id;

    private string CertificateBundle => $"certificates/{_id}";

    private string AttemptsBundle => $"attempts/{_id}";

    public Task<string?> ReadVersionAsync(CancellationToken cancellationToken) => storage.ReadVersionAsync(CertificateBundle, cancellationToken);

    public async Task<StoredCertificate?> LoadCertificateAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(CertificateBundle, cancellationToken) is { } bundle ? StoredCertificate.Read(bundle, keys) : null;

    public Task SaveCertificateAsync(IssuedCertificate issued, CertificateRecord record, CancellationToken cancellationToken) =>
        storage.WriteAsync(CertificateBundle, StoredCertificate.Files(issued, record), cancellationToken);

    public async Task<Attempts> LoadAttemptsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await storage.ReadAsync(AttemptsBundle, cancellationToken) is { } bundle
                ? LifeJson.Read(bundle.Require("attempts.json"), LifeJson.Default.Attempts)
                : Attempts.None;
        }
        catch (DamagedStateException)
        {
            return Attempts.None; // the next failure writes it anew
        }
    }

    public Task SaveAttemptsAsync(Attempts attempts, CancellationToken cancellationToken) => storage.WriteAsync(
        AttemptsBundle, new Dictionary<string, string> { ["attempts.json"] = LifeJson.Write(attempts, LifeJson.Default.Attempts) }, cancellationToken);

    public OrderJournal JournalOf(Issuer issuer) => new(storage, $"orders/{_id}-{issuer.Key}");

    /// <summary>Forgets what a successful order leaves: orders in progress, at all authorities, and failed attempts.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var issuer in managed.Issuers)
            await JournalOf(issuer).ClearAsync(cancellationToken);
        await storage.DeleteAsync(AttemptsBundle, cancellationToken);
    }

    public Task DeleteCertificateAsync(CancellationToken cancellationToken) => storage.DeleteAsync(CertificateBundle, cancellationToken);

    public Task<IStorageLock?> TryLockAsync(CancellationToken cancellationToken) => storage.TryLockAsync(_id, cancellationToken);
}
