namespace KubeWsBridge.Certificates.Storage;

/// <summary>A bundle as it was read.</summary>
/// <param name="Version">What <see cref="ICertificateStorage.ReadVersionAsync"/> says of it.</param>
/// <param name="Files">File names and texts.</param>
public sealed record StoredBundle(string Version, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>A file that must be there.</summary>
    /// <exception cref="DamagedStateException">It is not.</exception>
    public string Require(string file) => Files.GetValueOrDefault(file) ?? throw new DamagedStateException($"{file} is missing in the stored bundle.");
}
