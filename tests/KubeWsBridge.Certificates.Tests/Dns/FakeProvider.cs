using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>A provider that only remembers, or refuses.</summary>
internal sealed class FakeProvider : IDnsProvider
{
    private int _inside;

    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "fake",
        Title = "Fake",
        Documentation = "",
        Parameters = [],
        MinimumTtl = TimeSpan.FromSeconds(90),
    };

    public List<TxtRecord> Records { get; } = [];

    public Func<CancellationToken, Task> OnAdd { get; set; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnRemove { get; set; } = _ => Task.CompletedTask;

    public int MostInside { get; private set; }

    public string Name => Definition.Name;

    public async Task AddAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        MostInside = Math.Max(MostInside, Interlocked.Increment(ref _inside));
        await OnAdd(cancellationToken);
        Records.Add(record);
        Interlocked.Decrement(ref _inside);
    }

    public async Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        await OnRemove(cancellationToken);
        Records.Remove(record);
    }
}
