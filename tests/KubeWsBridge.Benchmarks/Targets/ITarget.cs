using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>Something running that clients can connect to.</summary>
internal interface ITarget : IDisposable
{
    /// <summary>The port clients connect to.</summary>
    int Port { get; }

    /// <summary>What they speak.</summary>
    Wire Wire { get; }

    /// <summary>Processor time so far.</summary>
    CpuTimes Cpu();

    /// <summary>Waits until nothing is left of earlier connections.</summary>
    void WaitIdle();
}
