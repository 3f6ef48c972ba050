namespace KubeWsBridge.Bridge.Launching.Php;

/// <summary>The PHP files that this assembly carries along.</summary>
internal static class EmbeddedPhp
{
    /// <summary>The fork server.</summary>
    public const string ForkServer = "fork-server.php";

    /// <summary>What waiting workers of the pool run first.</summary>
    public const string PoolBoot = "pool-boot.php";

    /// <summary>Writes one of them to a directory and returns its path.</summary>
    public static string Write(string name, PrivateDirectory directory)
    {
        var path = Path.Join(directory.Path, name);
        using var resource = typeof(EmbeddedPhp).Assembly.GetManifestResourceStream("php/" + name)!;
        using var file = File.Create(path);
        resource.CopyTo(file);
        return path;
    }
}
