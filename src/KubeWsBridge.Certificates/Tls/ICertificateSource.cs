namespace KubeWsBridge.Certificates.Tls;

/// <summary>Where the certificates that are shown come from.</summary>
public interface ICertificateSource
{
    /// <summary>The files whose change means other certificates.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Reads, or makes, all certificates; the first is the default.</summary>
    /// <exception cref="TlsStartException">They can't be used; says everything that is wrong.</exception>
    /// <param name="now">The time they must be valid at.</param>
    SourceReading Read(DateTimeOffset now);

    /// <summary>Whether other certificates are due although no file has changed.</summary>
    bool IsDue(DateTimeOffset now);
}
