using KubeWsBridge.Bridge.Launching.Linux;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>How the limit of open files is shared out, so that it is never reached.</summary>
/// <remarks>
/// A process without free descriptors accepts nothing (and Kestrel tries again without a pause), starts no worker, and can't even load the rest of
/// its own code. So there are fewer places than descriptors, and who comes too many is turned away while turning away still works.
/// </remarks>
/// <param name="Limit">RLIMIT_NOFILE, which .NET raises to the hard limit.</param>
/// <param name="Connections">Most client connections at a time, of sessions and of requests that may become some.</param>
/// <param name="Workers">Most workers at a time.</param>
public sealed record DescriptorBudget(long Limit, int Connections, int Workers)
{
    // An idle bridge has about 145 open files, most of them its own assemblies.
    private const int Own = 192;

    // Its connection, its two pipes and its pidfd.
    private const int PerWorker = 4;

    /// <summary>The budget of this process; null where there is no such limit.</summary>
    public static DescriptorBudget? Current =>
        OperatingSystem.IsLinux() && SystemLimits.OpenFileLimit is { } limit ? Of(limit) : null;

    /// <summary>Shares out a limit: two connections for each worker, so that there is one to be refused on when all workers are busy.</summary>
    public static DescriptorBudget Of(long limit)
    {
        var workers = (int)Math.Clamp((limit - Own) / (PerWorker + 2), 1, int.MaxValue / 2);
        return new DescriptorBudget(limit, 2 * workers, workers);
    }
}
