namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The bridge with one of its launchers, whose workers are PHP's.</summary>
internal interface ILaunchContender : IContender
{
    /// <summary>Starts it.</summary>
    /// <param name="workerArguments">What its workers are.</param>
    /// <param name="preload">What they load, for launchers that can do so before.</param>
    /// <param name="sessions">The most there will be at a time.</param>
    LaunchTarget Start(IReadOnlyList<string> workerArguments, string? preload, int sessions);
}
