using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Files;

namespace KubeWsBridge.Certificates.Tests;

/// <summary>A folder of a test's own with certificate files in it.</summary>
public sealed class CertificateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kwb-tls-").FullName;

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    /// <summary>Writes a certificate, its chain and its key.</summary>
    public PairFiles Write(string name, X509Certificate2 certificate, params IEnumerable<X509Certificate2> chain) => new(
        Write(name + ".crt", string.Join('\n', chain.Prepend(certificate).Select(one => one.ExportCertificatePem())) + "\n"),
        Write(name + ".key", TestAuthority.KeyPem(certificate)));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
