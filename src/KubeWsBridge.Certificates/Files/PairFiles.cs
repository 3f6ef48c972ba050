namespace KubeWsBridge.Certificates.Files;

/// <summary>Where a certificate and its key lie.</summary>
/// <param name="Certificate">PEM file: the certificate, then the rest of its chain.</param>
/// <param name="Key">PEM file: the private key.</param>
/// <param name="Password">File with the key's password, of which a newline at the end is no part; null when the key is not encrypted.</param>
public sealed record PairFiles(string Certificate, string Key, string? Password = null)
{
    /// <summary>All of them.</summary>
    public IEnumerable<string> All => Password is null ? [Certificate, Key] : [Certificate, Key, Password];

    /// <summary>The file of a part.</summary>
    public string Of(PairPart part) => part switch
    {
        PairPart.Certificate => Certificate,
        PairPart.Key => Key,
        _ => Password ?? "",
    };
}
