using KubeWsBridge.Certificates.Storage.Kubernetes;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes;

/// <summary>An API server, a clock, and storages that use both.</summary>
public class Cluster : IAsyncLifetime
{
    private readonly Scratch _scratch = new();
    private readonly List<KubernetesStorage> _storages = [];

    private protected FakeApiServer Server { get; private set; } = null!;

    private protected WatchedTime Time { get; } = new();

    private protected KubernetesStorage Storage { get; private set; } = null!;

    protected static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        Server = await FakeApiServer.StartAsync(_scratch.Folder);
        Storage = Open();
    }

    public async Task DisposeAsync()
    {
        _storages.ForEach(storage => storage.Dispose());
        await Server.DisposeAsync();
        _scratch.Dispose();
    }

    private protected KubernetesStorage Open(string prefix = "kubewsbridge", string holder = "bridge-0")
    {
        var setup = new KubernetesSetup { Access = PodAccess.Find(Server.Variables), Prefix = prefix, Holder = holder, Time = Time, Random = () => 0.5 };
        _storages.Add(new KubernetesStorage(setup));
        return _storages[^1];
    }

    private protected Task WriteAsync(string bundle, params (string Name, string Text)[] files) =>
        Storage.WriteAsync(bundle, files.ToDictionary(file => file.Name, file => file.Text), None);
}
