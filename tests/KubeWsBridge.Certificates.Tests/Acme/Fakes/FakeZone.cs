using System.Collections.Concurrent;
using KubeWsBridge.Certificates.Acme.Challenges;

namespace KubeWsBridge.Certificates.Tests.Acme.Fakes;

/// <summary>TXT values that the world sees at once.</summary>
internal sealed class FakeZone : IDnsPublisher
{
    private readonly ConcurrentDictionary<(string Name, string Value), bool> _values = [];

    public int Count => _values.Count;

    public bool Has(string name, string value) => _values.ContainsKey((name, value));

    public Task AddAsync(string fqdn, string value, CancellationToken cancellationToken)
    {
        _values[(fqdn, value)] = true;
        return Task.CompletedTask;
    }

    public Task WaitAsync(string fqdn, string value, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string fqdn, string value, CancellationToken cancellationToken)
    {
        _values.TryRemove((fqdn, value), out _);
        return Task.CompletedTask;
    }
}
