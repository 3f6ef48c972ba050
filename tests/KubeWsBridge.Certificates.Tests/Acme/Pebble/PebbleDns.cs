using KubeWsBridge.Certificates.Acme.Challenges;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>Publishes in the DNS server beside a pebble.</summary>
internal sealed class PebbleDns(PebbleServer server) : IDnsPublisher
{
    private readonly Dictionary<string, HashSet<string>> _values = [];

    /// <summary>How many values are there now.</summary>
    public int Count => _values.Values.Sum(values => values.Count);

    public async Task AddAsync(string fqdn, string value, CancellationToken cancellationToken)
    {
        await server.AddTxtAsync(fqdn, value, cancellationToken);
        (_values.TryGetValue(fqdn, out var values) ? values : _values[fqdn] = []).Add(value);
    }

    public Task WaitAsync(string fqdn, string value, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RemoveAsync(string fqdn, string value, CancellationToken cancellationToken)
    {
        _values[fqdn].Remove(value);
        await server.ClearTxtAsync(fqdn, cancellationToken);
        foreach (var other in _values[fqdn])
            await server.AddTxtAsync(fqdn, other, cancellationToken);
    }
}
