namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Where an order in progress is written down, so that it outlives this process.</summary>
public interface IOrderJournal
{
    /// <summary>The order that is under way; null for none.</summary>
    Task<OrderInProgress?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Writes the order down; when this returns, it outlives a crash.</summary>
    Task SaveAsync(OrderInProgress order, CancellationToken cancellationToken);
}
