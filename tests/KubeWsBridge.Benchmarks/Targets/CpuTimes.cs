namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>Processor time, user and system.</summary>
/// <param name="Target">Of what stands between client and worker.</param>
/// <param name="Workers">Of the workers that have ended and are accounted for.</param>
internal readonly record struct CpuTimes(TimeSpan Target, TimeSpan Workers)
{
    /// <summary>What was used since.</summary>
    public static CpuTimes operator -(CpuTimes later, CpuTimes earlier) => new(later.Target - earlier.Target, later.Workers - earlier.Workers);
}
