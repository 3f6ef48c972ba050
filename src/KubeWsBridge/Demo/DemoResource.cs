namespace KubeWsBridge.Demo;

/// <summary>The files of the demo that travel inside the program.</summary>
internal static class DemoResource
{
    public const string Page = "demo/page.html";
    public const string Worker = "demo/worker.php";

    /// <summary>The resource's bytes.</summary>
    /// <exception cref="InvalidOperationException">The program was built without it.</exception>
    public static byte[] Read(string name)
    {
        using var resource = typeof(DemoResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from this build.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
