using System.Net;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Rendezvous;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting;

/// <summary>What the program logs of itself.</summary>
internal static partial class HostingLog
{
    /// <summary>The logger's category.</summary>
    public const string Category = "KubeWsBridge";

    private const int Base = EventRanges.Hosting;

    [LoggerMessage(Base + 1, LogLevel.Information, "kubewsbridge {Version} listening on {Scheme}://{Address}; workers connect back to {WorkerAddress}.")]
    public static partial void Listening(ILogger logger, string version, string scheme, IPEndPoint address, WorkerAddress workerAddress);

    [LoggerMessage(Base + 5, LogLevel.Critical, "The server can't start: {Message}")]
    public static partial void StartFailed(ILogger logger, string message);

    [LoggerMessage(Base + 6, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationWarning(ILogger logger, string warning);

    [LoggerMessage(Base + 7, LogLevel.Information, "Data path: {DataPath}. {Why}")]
    public static partial void DataPath(ILogger logger, string dataPath, string why);

    [LoggerMessage(Base + 8, LogLevel.Warning,
        "The limit of open files is {Limit}: only {Workers} workers can run at a time, not {MaxProcesses} (--max-processes). Raise ulimit -n (LimitNOFILE).")]
    public static partial void FewDescriptors(ILogger logger, long limit, int workers, int maxProcesses);

    [LoggerMessage(Base + 12, LogLevel.Information,
        "Limits that are auto: {Capacity} sessions as things are; {Used} of {Limit} MiB of memory are used, and a worker is thought to take {Worker} KiB until that is measured.")]
    public static partial void AutoLimits(ILogger logger, int capacity, long used, long limit, long worker);

    [LoggerMessage(Base + 20, LogLevel.Information, "Probes and metrics are answered on http://{Address}.")]
    public static partial void ManagementListening(ILogger logger, IPEndPoint address);

    [LoggerMessage(Base + 21, LogLevel.Warning,
        "Nothing answers probes: {Address} can't be had ({Reason}). Give another address with --management-address, or off.")]
    public static partial void NoManagement(ILogger logger, IPEndPoint address, string reason);

    [LoggerMessage(Base + 22, LogLevel.Information, "Metrics are sent by OTLP, as {Variable} says.")]
    public static partial void SendingMetrics(ILogger logger, string variable);

    [LoggerMessage(Base + 9, LogLevel.Debug,
        "After {Turnover} starts and ends of sessions memory was collected, with a pause of {Milliseconds:0.0} ms: {Mebibytes:0.0} MiB are left.")]
    public static partial void MemoryTrimmed(ILogger logger, long turnover, double milliseconds, double mebibytes);

    [LoggerMessage(Base + 11, LogLevel.Information, "Authorities that look for HTTP-01 challenges are answered on http://{Address}.")]
    public static partial void AnsweringChallenges(ILogger logger, IPEndPoint address);

    [LoggerMessage(Base + 10, LogLevel.Information, "Requests to http://{Address} are redirected to TLS, port {Port}.")]
    public static partial void Redirecting(ILogger logger, IPEndPoint address, int port);

    [LoggerMessage(Base + 23, LogLevel.Information, "Asked to end before anybody was let in.")]
    public static partial void EndedBeforeStart(ILogger logger);
}
