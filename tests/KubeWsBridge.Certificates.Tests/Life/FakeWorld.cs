using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Tests.Acme.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>What outlives processes: a folder, two authorities that look into one zone, the time.</summary>
internal sealed class FakeWorld : IDisposable
{
    private readonly Scratch _scratch = new();

    public FakeWorld()
    {
        First = new(Time, "first.test");
        Second = new(Time, "second.test", First.Zone);
        Managed = new()
        {
            Names = [Identifier.Parse("example.com"), Identifier.Parse("*.example.com")],
            Issuers = [new() { Directory = First.Directory, Email = "admin@example.com" }],
        };
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeAcme First { get; }

    public FakeAcme Second { get; }

    public FakeZone Zone => First.Zone;

    public ManagedCertificate Managed { get; }

    public string Folder => _scratch.Folder;

    public FakeAcme AuthorityOf(Issuer issuer) => issuer.Directory == First.Directory ? First : Second;

    /// <summary>The same, with the second authority for when the first fails.</summary>
    public ManagedCertificate WithTwoIssuers(ManagedCertificate managed) => managed with { Issuers = [.. managed.Issuers, new() { Directory = Second.Directory }] };

    public void Dispose() => _scratch.Dispose();
}
