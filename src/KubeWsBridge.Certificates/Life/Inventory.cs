using System.Security.Cryptography;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Everything a storage holds of certificates, whatever the configuration says.</summary>
public static class Inventory
{
    private const string Certificates = "certificates/";
    private const string AttemptsFolder = "attempts/";
    private const string Orders = "orders/";

    /// <summary>Reads it; what is damaged is listed all the same.</summary>
    public static async Task<IReadOnlyList<InventoryEntry>> ReadAsync(ICertificateStorage storage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storage);
        var attempts = await storage.ListAsync(AttemptsFolder.TrimEnd('/'), cancellationToken);
        var certificates = await storage.ListAsync(Certificates.TrimEnd('/'), cancellationToken);
        var orders = await storage.ListAsync(Orders.TrimEnd('/'), cancellationToken);
        var ids = certificates.Select(bundle => bundle[Certificates.Length..]).Union(attempts.Select(bundle => bundle[AttemptsFolder.Length..]))
            .Union(orders.Select(bundle => bundle[Orders.Length..bundle.LastIndexOf('-')]));
        var entries = new List<InventoryEntry>();
        foreach (var id in ids.Order(StringComparer.Ordinal))
        {
            var isOrdered = orders.Any(order => order.StartsWith($"{Orders}{id}-", StringComparison.Ordinal));
            entries.Add(await ReadAsync(storage, id, isOrdered, cancellationToken));
        }
        return entries;
    }

    private static async Task<InventoryEntry> ReadAsync(ICertificateStorage storage, string id, bool isOrdered, CancellationToken cancellationToken)
    {
        var entry = new InventoryEntry { Id = id, IsOrdered = isOrdered };
        if (await storage.ReadAsync(AttemptsFolder + id, cancellationToken) is { } failed && TryRead(failed) is { } attempts)
            entry = entry with { Failures = attempts.Failures, RetryAt = attempts.RetryAt, LastError = attempts.LastError };
        try
        {
            return await storage.ReadAsync(Certificates + id, cancellationToken) is not { } bundle ? entry : entry with
            {
                Certificate = CertificateChain.FromPem(bundle.Require("cert.pem")).Leaf,
                Record = LifeJson.Read(bundle.Require("meta.json"), LifeJson.Default.CertificateRecord),
            };
        }
        catch (Exception damaged) when (damaged is DamagedStateException or CryptographicException)
        {
            return entry with { Damage = damaged.Message };
        }
    }

    private static Attempts? TryRead(StoredBundle bundle)
    {
        try
        {
            return LifeJson.Read(bundle.Require("attempts.json"), LifeJson.Default.Attempts);
        }
        catch (DamagedStateException)
        {
            return null;
        }
    }
}
