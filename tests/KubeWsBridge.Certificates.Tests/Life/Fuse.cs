using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>Kills a process at the n-th moment at which it touches the world: before or after a request, a write, a DNS change. From then on, nothing gets out.</summary>
internal sealed class Fuse(int moments)
{
    private int _left = moments;

    public bool IsBurnt => _left <= 0;

    public async Task<T> PassAsync<T>(Func<Task<T>> touch)
    {
        Burn();
        var result = await touch();
        Burn();
        return result;
    }

    public Task PassAsync(Func<Task> touch) => PassAsync(async () =>
    {
        await touch();
        return true;
    });

    public HttpMessageHandler Of(HttpMessageHandler network) => new Network(this, network);

    public ICertificateStorage Of(ICertificateStorage storage) => new Disk(this, storage);

    public IDnsPublisher Of(IDnsPublisher publisher) => new Publisher(this, publisher);

    private void Burn()
    {
        if (Interlocked.Decrement(ref _left) <= 0)
            throw new SimulatedCrash();
    }

    private sealed class Network(Fuse fuse, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => base.SendAsync(request, cancellationToken));
    }

    private sealed class Disk(Fuse fuse, ICertificateStorage storage) : ICertificateStorage
    {
        public string Name => storage.Name;

        public Task<StoredBundle?> ReadAsync(string bundle, CancellationToken cancellationToken) => storage.ReadAsync(bundle, cancellationToken);

        public Task<string?> ReadVersionAsync(string bundle, CancellationToken cancellationToken) => storage.ReadVersionAsync(bundle, cancellationToken);

        public Task WriteAsync(string bundle, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => storage.WriteAsync(bundle, files, cancellationToken));

        public Task DeleteAsync(string bundle, CancellationToken cancellationToken) => fuse.PassAsync(() => storage.DeleteAsync(bundle, cancellationToken));

        public Task<IReadOnlyList<string>> ListAsync(string parent, CancellationToken cancellationToken) => storage.ListAsync(parent, cancellationToken);

        public Task<IStorageLock?> TryLockAsync(string name, CancellationToken cancellationToken) => storage.TryLockAsync(name, cancellationToken);
    }

    private sealed class Publisher(Fuse fuse, IDnsPublisher publisher) : IDnsPublisher
    {
        public Task AddAsync(string fqdn, string value, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => publisher.AddAsync(fqdn, value, cancellationToken));

        public Task WaitAsync(string fqdn, string value, CancellationToken cancellationToken) => publisher.WaitAsync(fqdn, value, cancellationToken);

        public Task RemoveAsync(string fqdn, string value, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => publisher.RemoveAsync(fqdn, value, cancellationToken));
    }
}
