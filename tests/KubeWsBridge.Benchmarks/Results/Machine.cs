using System.Runtime.InteropServices;

namespace KubeWsBridge.Benchmarks.Results;

/// <summary>Where it was measured.</summary>
/// <param name="Cores">Processors this process may use.</param>
/// <param name="Cpu">The processor's name.</param>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="Runtime">The .NET version of generator and framework-dependent programs.</param>
/// <param name="LoadBefore">Load average over a minute before the run: anything well above 0 makes the figures noisy.</param>
public sealed record Machine(int Cores, string Cpu, string Kernel, string Runtime, string LoadBefore)
{
    /// <summary>This one, now.</summary>
    public static Machine Current() => new(
        Environment.ProcessorCount,
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        RuntimeInformation.FrameworkDescription,
        File.ReadAllText("/proc/loadavg").Split(' ')[0]);

    /// <inheritdoc/>
    public override string ToString() => $"{Cores} cores ({Cpu}), Linux {Kernel}, {Runtime}, load before the run {LoadBefore}";
}
