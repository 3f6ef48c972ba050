namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The running bridge and the PHP-FPM that has its workers, if one has.</summary>
/// <param name="bridge">The bridge; this instance owns it.</param>
/// <param name="pool">The pool; this instance owns it.</param>
internal sealed class LaunchTarget(BridgeTarget bridge, PhpFpm? pool = null) : IDisposable
{
    /// <summary>The bridge.</summary>
    public BridgeTarget Bridge => bridge;

    /// <summary>Processor time of all workers, and of what makes them.</summary>
    public TimeSpan WorkersCpu => bridge.CpuBelow + (pool?.Cpu ?? TimeSpan.Zero);

    /// <summary>The same with the bridge's own.</summary>
    public TimeSpan Cpu => bridge.TreeCpu + (pool?.Cpu ?? TimeSpan.Zero);

    /// <summary>Memory of the processes below the bridge, in bytes.</summary>
    public long MemoryBelow => bridge.PssBelow;

    /// <summary>Memory of the pool, in bytes: its workers are all there from the start, and are all there for sessions.</summary>
    public long PoolMemory => pool?.Pss ?? 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        bridge.Dispose();
        pool?.Dispose();
    }
}
