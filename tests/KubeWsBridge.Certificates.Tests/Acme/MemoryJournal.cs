using KubeWsBridge.Certificates.Acme.Ordering;

namespace KubeWsBridge.Certificates.Tests.Acme;

/// <summary>A journal that outlives flows, but not the test.</summary>
internal sealed class MemoryJournal : IOrderJournal
{
    public OrderInProgress? Order { get; set; }

    public List<OrderInProgress> History { get; } = [];

    public Task<OrderInProgress?> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(Order);

    public Task SaveAsync(OrderInProgress order, CancellationToken cancellationToken)
    {
        History.Add(Order = order);
        return Task.CompletedTask;
    }
}
