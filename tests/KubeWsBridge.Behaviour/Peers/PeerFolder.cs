namespace KubeWsBridge.Behaviour.PeerClients;

/// <summary>Where the clients in other languages lie: in the sources, because npm installs beside them.</summary>
public static class PeerFolder
{
    /// <summary>The folder Peers of this project's sources.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file in it.</summary>
    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "KubeWsBridge.sln")))
                return Path.Combine(folder.FullName, "tests", "KubeWsBridge.Behaviour", "Peers");
        }

        throw new DirectoryNotFoundException($"No KubeWsBridge.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
