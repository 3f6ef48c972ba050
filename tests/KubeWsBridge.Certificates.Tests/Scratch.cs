namespace KubeWsBridge.Certificates.Tests;

/// <summary>A folder of a test's own, gone with the test.</summary>
public sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kwb-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
