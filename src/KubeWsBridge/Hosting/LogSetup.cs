using System.Text.Json;
using KubeWsBridge.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace KubeWsBridge.Hosting;

/// <summary>Logs to stderr, one line an event, as text or JSON.</summary>
internal static class LogSetup
{
    // A worker may write faster than a terminal scrolls. Lines are dropped then, and counted, rather than sessions held up.
    private const int QueueLength = 16_384;

    /// <summary>Sets up the providers and levels.</summary>
    /// <param name="logging">What is set up.</param>
    /// <param name="program">The form of lines.</param>
    /// <param name="level">The least level.</param>
    public static void Configure(ILoggingBuilder logging, ProgramOptions program, LogLevelSwitch level)
    {
        logging.Services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(level);
        logging.Services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(level);
        logging.Services.AddSingleton<ConsoleFormatter, LineFormatter>();
        if (program.LogFormat == LogFormat.Json)
            logging.AddJsonConsole(json =>
            {
                json.IncludeScopes = true;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                json.JsonWriterOptions = new JsonWriterOptions { Indented = false };
            });
        logging.AddConsole(console =>
        {
            console.FormatterName = program.LogFormat == LogFormat.Json ? ConsoleFormatterNames.Json : LineFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.MaxQueueLength = QueueLength;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }
}
