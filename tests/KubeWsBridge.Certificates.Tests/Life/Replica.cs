using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>One process's worth of objects around one certificate; several share a folder and an authority as replicas do.</summary>
internal sealed class Replica
{
    public Replica(
        FakeWorld world,
        Func<ManagedCertificate, ManagedCertificate>? change = null,
        Func<ICertificateStorage, ICertificateStorage>? storage = null,
        Func<HttpMessageHandler, HttpMessageHandler>? network = null,
        Func<IDnsPublisher, IDnsPublisher>? dns = null)
    {
        Managed = (change ?? (same => same))(world.Managed);
        ICertificateStorage directory = new DirectoryStorage(world.Folder);
        var setup = new LifeSetup
        {
            Time = world.Time,
            Random = () => 0.5,
            CreateHandler = issuer => network is null ? world.AuthorityOf(issuer) : network(world.AuthorityOf(issuer)),
        };
        IDnsPublisher publisher = world.Zone;
        Life = new(
            Managed,
            storage is null ? directory : storage(directory),
            [new Dns01Solver(dns is null ? publisher : dns(publisher))],
            reuse => new KeySource(CertificateKeyType.P256, reuse),
            Sink,
            setup,
            Log,
            new());
    }

    public ManagedCertificate Managed { get; }

    public CertificateLife Life { get; }

    public FakeSink Sink { get; } = new();

    public LogLines Log { get; } = new();

    public Task<TimeSpan> TurnAsync() => Life.TurnAsync(CancellationToken.None);
}
