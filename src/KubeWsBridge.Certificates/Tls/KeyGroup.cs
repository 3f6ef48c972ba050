namespace KubeWsBridge.Certificates.Tls;

/// <summary>A key exchange group (RFC 8446 section 4.2.7).</summary>
/// <param name="Name">The IANA's name, which OpenSSL knows too.</param>
/// <param name="Aliases">Other usual names.</param>
public sealed record KeyGroup(string Name, params IReadOnlyList<string> Aliases)
{
    /// <summary>Whether it exists in TLS 1.3 only, so that alone it leaves nothing for TLS 1.2.</summary>
    public bool IsTls13Only => Name.StartsWith("ffdhe", StringComparison.Ordinal) || Name.Contains("mlkem", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
