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
}
