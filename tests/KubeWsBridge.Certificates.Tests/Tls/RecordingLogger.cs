using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tests.Tls;

/// <summary>Keeps what is logged, and lets a test wait for it.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _grew = new(0);

    public IReadOnlyList<string> Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
        _grew.Release();
    }

    /// <summary>Waits for a line with this in it.</summary>
    public async Task<string> LoggedAsync(string part)
    {
        while (true)
        {
            if (_lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)) is { } line)
                return line;
            Assert.True(await _grew.WaitAsync(TimeSpan.FromSeconds(60)), $"Nothing logged has '{part}': {string.Join('\n', _lines)}");
        }
    }
}
