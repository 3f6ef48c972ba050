using KubeWsBridge.Certificates.Files;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Certificates that somebody puts into files (manual mode).</summary>
internal sealed class ManualSource(IReadOnlyList<PairFiles> pairs) : ICertificateSource
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; } = [.. pairs.SelectMany(pair => pair.All).Distinct()];

    /// <inheritdoc/>
    public SourceReading Read(DateTimeOffset now)
    {
        PairReading[] readings = [.. pairs.Select(files => PairReader.Read(files, now))];
        string[] faults = [.. readings.SelectMany(reading => reading.Faults).Select(fault => fault.ToString()).Distinct()];
        if (faults.Length > 0)
            throw new TlsStartException(faults);
        return new SourceReading([.. readings.Select(reading => reading.Pair!)], [.. readings.SelectMany(reading => reading.Warnings)]);
    }

    /// <inheritdoc/>
    public bool IsDue(DateTimeOffset now) => false;
}
