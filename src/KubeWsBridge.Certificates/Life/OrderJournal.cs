using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Writes an order in progress down in the storage, with the key of the certificate to be.</summary>
internal sealed class OrderJournal(ICertificateStorage storage, string bundle) : IOrderJournal
{
    public async Task<OrderInProgress?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await storage.ReadAsync(bundle, cancellationToken) is not { } stored)
            return null;
        try
        {
            return LifeJson.Read(stored.Require("order.json"), LifeJson.Default.OrderInProgress) with { KeyPem = stored.Require("key.pem") };
        }
        catch (DamagedStateException)
        {
            return null; // another order does as well
        }
    }

    public Task SaveAsync(OrderInProgress order, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>
        {
            ["order.json"] = LifeJson.Write(order with { KeyPem = "" }, LifeJson.Default.OrderInProgress),
            ["key.pem"] = order.KeyPem,
        };
        return storage.WriteAsync(bundle, files, cancellationToken);
    }

    public Task ClearAsync(CancellationToken cancellationToken) => storage.DeleteAsync(bundle, cancellationToken);
}
