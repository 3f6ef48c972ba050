using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>What this room logs; the life of a certificate logs for itself.</summary>
internal static partial class AutomationLog
{
    private const int Base = EventRanges.Hosting + 40;

    [LoggerMessage(Base + 1, LogLevel.Warning,
        "There is no certificate for {Names} in {Storage} yet: a self-signed one is shown, which clients refuse, until an authority has issued one.")]
    public static partial void SelfSigned(ILogger logger, string names, string storage);

    [LoggerMessage(Base + 2, LogLevel.Error,
        "What is stored in {Storage} can't be served: {Reason} A self-signed certificate is shown meanwhile.")]
    public static partial void NotServed(ILogger logger, string storage, string reason);

    [LoggerMessage(Base + 4, LogLevel.Information, "A client asks for {Name}, which is allowed: its certificate is looked after from now on.")]
    public static partial void OnDemand(ILogger logger, string name);

    [LoggerMessage(Base + 5, LogLevel.Warning, "A client asks for {Name}, but {Most} certificates were ordered on demand in ten minutes; it is shown another.")]
    public static partial void TooManyOnDemand(ILogger logger, string name, int most);

    [LoggerMessage(Base + 6, LogLevel.Warning, "Whether there may be a certificate for {Name} could not be asked (--tls-on-demand-ask): {Reason}")]
    public static partial void NobodyToAsk(ILogger logger, string name, string reason);

    [LoggerMessage(Base + 3, LogLevel.Warning, "The order under way was left as it is; the next start goes on with it.")]
    public static partial void LeftUnderWay(ILogger logger);
}
