using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Certificates that somebody else obtains and shows (automate mode); until the first of them is there, self-signed ones stand in.</summary>
internal sealed class IssuedSource(TlsSettings settings) : ICertificateSource
{
    private readonly InternalSource _stopgap = new(settings with { StateDirectory = null });
    private IReadOnlyList<CertificatePair>? _issued;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [];

    /// <summary>Reads these from now on.</summary>
    public void Keep(IReadOnlyList<CertificatePair> pairs) => _issued = pairs;

    /// <inheritdoc/>
    public SourceReading Read(DateTimeOffset now) => _issued is null ? _stopgap.Read(now) : new SourceReading(_issued, []);

    /// <inheritdoc/>
    public bool IsDue(DateTimeOffset now) => _issued is null && _stopgap.IsDue(now);
}
