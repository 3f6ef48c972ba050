using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Life;

/// <summary>What this room logs.</summary>
internal static partial class LifeLog
{
    private const int Base = EventRanges.Life;

    [LoggerMessage(Base + 1, LogLevel.Information, "Serving the certificate {Serial} for {Names} from {Issuer}, valid until {NotAfter:u}.")]
    public static partial void Serving(ILogger logger, string names, string serial, string issuer, DateTimeOffset notAfter);

    [LoggerMessage(Base + 2, LogLevel.Information, "There is no certificate for {Names} yet; it is ordered now.")]
    public static partial void Nothing(ILogger logger, string names);

    [LoggerMessage(Base + 3, LogLevel.Information, "The certificate for {Names}, valid until {NotAfter:u}, is to be renewed.")]
    public static partial void Due(ILogger logger, string names, DateTimeOffset notAfter);

    [LoggerMessage(Base + 4, LogLevel.Debug, "Another replica is ordering the certificate for {Names}.")]
    public static partial void Elsewhere(ILogger logger, string names);

    [LoggerMessage(Base + 5, LogLevel.Warning, "{Issuer} gave no certificate for {Names}: {Reason}")]
    public static partial void OrderFailed(ILogger logger, string issuer, string names, string reason, Exception? unexpected);

    [LoggerMessage(Base + 6, LogLevel.Error,
        "After {Failures} failed attempts in a row the next for {Names} is made at {RetryAt:u}, also after a restart; {Meanwhile}.")]
    public static partial void BackingOff(ILogger logger, int failures, string names, DateTimeOffset retryAt, string meanwhile);

    [LoggerMessage(Base + 7, LogLevel.Error, "The certificate for {Names} could not be looked after: {Reason} It is tried again shortly.")]
    public static partial void Fault(ILogger logger, string names, string reason, Exception fault);

    [LoggerMessage(Base + 8, LogLevel.Error, "What is stored of the certificate for {Names} can't be used and is replaced: {Reason}")]
    public static partial void Damaged(ILogger logger, string names, string reason);

    [LoggerMessage(Base + 9, LogLevel.Information, "The authority wants the certificate for {Names} renewed between {Start:u} and {End:u}.{Why}")]
    public static partial void Advised(ILogger logger, string names, DateTimeOffset start, DateTimeOffset end, string why);

    [LoggerMessage(Base + 10, LogLevel.Debug, "The authority did not say when to renew the certificate for {Names}: {Reason}")]
    public static partial void AdviceFailed(ILogger logger, string names, string reason);

    [LoggerMessage(EventId = Base + 11, Message = "{Step}")]
    public static partial void OrderStep(ILogger logger, LogLevel level, OrderEvent step);

    [LoggerMessage(Base + 12, LogLevel.Warning,
        "The certificate for {Names} is due, and the next attempt is made at {RetryAt:u}, since the last {Failures} failed: {Reason} "
        + "To try at once, remove its folder below attempts in the state directory.")]
    public static partial void Waiting(ILogger logger, string names, DateTimeOffset retryAt, int failures, string reason);
}
