using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Has TLS show what authorities have issued.</summary>
/// <param name="tls">TLS.</param>
/// <param name="first">The certificate that is shown to clients that ask for no name, or for an unknown one.</param>
internal sealed class CertificateShelf(TlsServer tls, ManagedCertificate first) : ICertificateSink, IDisposable
{
    private readonly string _first = first.Id;
    private readonly Dictionary<string, CertificatePair> _pairs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public async Task ServeAsync(ManagedCertificate managed, StoredCertificate certificate)
    {
        await _turn.WaitAsync();
        try
        {
            var (id, before) = (managed.Id, _pairs.GetValueOrDefault(managed.Id));
            _pairs[id] = certificate.ToPair();
            try
            {
                await tls.ShowAsync([.. _pairs.OrderBy(pair => pair.Key != _first).Select(pair => pair.Value)]);
            }
            catch
            {
                // One that can't be shown must not be in the way of all others.
                if (before is null)
                    _pairs.Remove(id);
                else
                    _pairs[id] = before;
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
