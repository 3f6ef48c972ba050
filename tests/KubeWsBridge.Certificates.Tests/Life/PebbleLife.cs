using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>The life of a certificate from a real pebble, by http-01 through answers that lie in the storage.</summary>
internal sealed class PebbleLife
{
    public PebbleLife(Uri directory, X509Certificate2Collection roots, string folder, string name, Func<HttpMessageHandler?>? network = null, TimeProvider? time = null)
    {
        Storage = new DirectoryStorage(folder);
        var managed = new ManagedCertificate
        {
            Names = [Identifier.Parse(name)],
            Issuers = [new() { Directory = directory, TrustedRoots = roots }],
        };
        var setup = new LifeSetup
        {
            Options = new() { Orders = new() { FirstPoll = TimeSpan.FromMilliseconds(50) } },
            CreateHandler = _ => network?.Invoke(),
            Time = time ?? TimeProvider.System,
        };
        var solver = new Http01Solver(new StoredChallengeAnswers(Storage, setup.Time));
        Life = new(managed, Storage, [solver], reuse => new KeySource(CertificateKeyType.P256, reuse), Sink, setup, Log, new());
    }

    public CertificateLife Life { get; }

    public DirectoryStorage Storage { get; }

    public FakeSink Sink { get; } = new();

    public LogLines Log { get; } = new();

    public Task TurnAsync() => Life.TurnAsync(CancellationToken.None);
}
