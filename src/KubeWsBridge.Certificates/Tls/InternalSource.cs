using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Certificates the bridge makes by itself (internal mode); they outlive a restart when there is a directory for them.</summary>
internal sealed class InternalSource(TlsSettings settings) : ICertificateSource
{
    /// <summary>A new one is made when less than this is left.</summary>
    internal static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private readonly IReadOnlyList<string> _domains = settings.Domains.Count > 0 ? settings.Domains : ["localhost"];
    private DateTimeOffset _renewAt = DateTimeOffset.MaxValue;

    // Who does not take Ed25519, all browsers among them, gets P-256.
    private IEnumerable<KeyType> Types => settings.KeyType == KeyType.Ed25519 ? [KeyType.Ed25519, KeyType.P256] : [settings.KeyType];

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [];

    /// <inheritdoc/>
    public bool IsDue(DateTimeOffset now) => now >= _renewAt;

    /// <inheritdoc/>
    public SourceReading Read(DateTimeOffset now)
    {
        var warnings = new List<string>();
        CertificatePair[] pairs = [.. Types.Select(type => Stored(type, now) ?? Make(type, now, warnings))];
        _renewAt = pairs.Min(pair => pair.Leaf.NotAfter) - RenewBefore;
        return new SourceReading(pairs, warnings);
    }

    private string? FileOf(KeyType type) =>
        settings.StateDirectory is { } directory ? Path.Combine(directory, $"internal-{type.ToString().ToLowerInvariant()}.pem") : null;

    // What is stored is good only for the same names, and for some time to come.
    private CertificatePair? Stored(KeyType type, DateTimeOffset now) =>
        FileOf(type) is { } file && File.Exists(file) && PairReader.Read(new PairFiles(file, file), now).Pair is { } pair
            && pair.Leaf.NotAfter - RenewBefore > now && pair.Leaf.NotBefore <= now && SelfSigned.IsFor(pair.Leaf, _domains)
            ? pair
            : null;

    private CertificatePair Make(KeyType type, DateTimeOffset now, List<string> warnings)
    {
        var pair = SelfSigned.Make(_domains, type, now);
        if (FileOf(type) is { } file)
        {
            try
            {
                SecretFile.Write(file, pair.ExportPem());
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                var sorry = $"The certificate can't be kept in {settings.StateDirectory}: {exception.Message} "
                    + "Let the user this program runs as write there (--tls-state-dir), or leave the option out.";
                if (_renewAt == DateTimeOffset.MaxValue)
                    throw new TlsStartException(sorry);
                warnings.Add(sorry);
            }
        }

        return pair;
    }
}
