using KubeWsBridge.Certificates.Life;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>Remembers what it was to serve.</summary>
internal sealed class FakeSink : ICertificateSink
{
    public List<StoredCertificate> Served { get; } = [];

    public string? Serial => Served.LastOrDefault()?.Leaf.SerialNumber;

    public Task ServeAsync(ManagedCertificate managed, StoredCertificate certificate)
    {
        Served.Add(certificate);
        return Task.CompletedTask;
    }
}
