namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>How memory makes limits that are given as <c>auto</c>.</summary>
public sealed record MemoryOptions
{
    /// <summary>What is kept free, in percent of the limit, 1 to 90; 15, for workers that grow.</summary>
    public int ReservePercent { get; init; } = 15;

    /// <summary>What a worker is thought to take until some have been measured, in bytes; 16 MiB, between a bare script and a framework.</summary>
    public long WorkerMemory { get; init; } = 16 << 20;
}
