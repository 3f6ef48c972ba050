using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Tests.Hosting;

/// <summary>Keeps what is logged.</summary>
internal sealed class LoggedLines : ILogger, ILoggerProvider
{
    public List<string> Messages { get; } = [];

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Messages.Add(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }
}
