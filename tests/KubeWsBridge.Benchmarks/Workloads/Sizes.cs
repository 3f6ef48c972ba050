namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>Writes byte counts as people do.</summary>
internal static class Sizes
{
    /// <summary>16 B, 1 KiB.</summary>
    public static string Text(int bytes) => bytes < 1024 ? $"{bytes} B" : $"{bytes / 1024} KiB";
}
