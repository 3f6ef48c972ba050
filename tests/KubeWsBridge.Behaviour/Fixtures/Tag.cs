namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>Paths that no other test uses, so that their lines in a shared log are known.</summary>
public static class Tag
{
    /// <summary>A path of the handler's route: <c>/echo/1f0c…</c>.</summary>
    public static string Path(string handler) => $"/{handler}/{Guid.NewGuid():N}";
}
