using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge;

/// <summary>One line when a connection is refused, one when a session opens, one when it closes.</summary>
internal static partial class SessionLog
{
    private const int Base = EventRanges.Sessions;
    private static readonly Func<ILogger, Guid, IDisposable?> SessionScope = LoggerMessage.DefineScope<Guid>("{SessionId}");

    /// <summary>Puts the session's id on every line logged inside.</summary>
    public static IDisposable? Scope(ILogger logger, Guid sessionId) => SessionScope(logger, sessionId);

    [LoggerMessage(Base + 1, LogLevel.Information,
        "Session opened: {Path} for {Client} port {Port} by {Launcher}, worker {Worker}, ready after {Milliseconds:0} ms.")]
    public static partial void Opened(
        ILogger logger, string path, string client, int port, string launcher, string worker, double milliseconds);

    [LoggerMessage(Base + 2, LogLevel.Information,
        "Session closed: {End} ({CloseCode}){Detail} after {Seconds:0.0} s; received {MessagesReceived} messages of {BytesReceived} bytes, "
        + "sent {MessagesSent} of {BytesSent}; worker ended with {Exit}.")]
    public static partial void Closed(
        ILogger logger, string end, int closeCode, string detail, double seconds,
        long messagesReceived, long bytesReceived, long messagesSent, long bytesSent, string exit);

    [LoggerMessage(Base + 3, LogLevel.Error, "The session failed inside the bridge; this is a bug.")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(Base + 4, LogLevel.Warning, "The worker broke the messages framing. {Detail}")]
    public static partial void FramingBroken(ILogger logger, string detail);

    /// <summary>A refusal before the upgrade; its event id is the row's.</summary>
    public static void Refused(ILogger logger, Refusal refusal, string client, string path, string? detail)
    {
        if (logger.IsEnabled(LogLevel.Warning))
            logger.Log(
                LogLevel.Warning, new EventId(refusal.EventId, refusal.Name), new RefusalState(refusal, client, path, detail), null,
                static (state, _) => state.ToString());
    }

    /// <summary>The refusal's fields; its text is what people read.</summary>
    private readonly record struct RefusalState(Refusal Refusal, string Client, string Path, string? Detail)
    {
        public override string ToString() =>
            $"Refused {Client} at {Path}: {Refusal.Name}. {(Detail is null ? "" : Detail + " ")}{Refusal.Advice}";
    }
}
