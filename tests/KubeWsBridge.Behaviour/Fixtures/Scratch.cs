namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>A folder of a test's own, gone with the test.</summary>
public sealed class Scratch : IDisposable
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kwb-").FullName;

    /// <summary>A path in it.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>An executable shell script in it.</summary>
    public string Script(string name, string text)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
