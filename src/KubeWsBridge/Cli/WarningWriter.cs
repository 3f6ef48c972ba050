using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Cli;

/// <summary>A log for commands that people watch: only what they should know, one line each.</summary>
internal sealed class WarningWriter(TextWriter writer) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            writer.WriteLine($"kubewsbridge: {formatter(state, exception)}");
    }
}
