namespace KubeWsBridge.Certificates.Life;

/// <summary>What is written down beside an account's key.</summary>
/// <param name="Directory">The authority's directory.</param>
/// <param name="Email">The contact.</param>
/// <param name="Url">The account's name at the authority; null until it is known.</param>
internal sealed record AccountRecord(Uri Directory, string? Email, Uri? Url);
