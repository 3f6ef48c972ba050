using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>What this room logs.</summary>
internal static partial class AdmissionLog
{
    private const int Base = EventRanges.Admission;

    [LoggerMessage(Base + 1, LogLevel.Warning,
        "Workers are refused because the limit of open files is {Limit}, which is enough for {Workers} of them. Raise ulimit -n (LimitNOFILE). "
        + "This is said once.")]
    public static partial void OutOfDescriptors(ILogger logger, long limit, int workers);

    [LoggerMessage(Base + 2, LogLevel.Warning,
        "Connections are refused because {Used} of {Limit} MiB of memory are used, {Reserve} % are kept free (--memory-reserve), and a worker takes {Worker} KiB. "
        + "Raise the memory limit or add replicas. This is said once.")]
    public static partial void OutOfMemory(ILogger logger, long used, long limit, int reserve, long worker);
}
