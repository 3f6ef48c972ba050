using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Logs what a fork server prints, and remembers the last line: it is usually the reason of its end.</summary>
internal sealed class ForkServerLines(ILogger logger) : IErrorLineSink
{
    private volatile string? _last;

    /// <summary>The last line since this was last asked for; null when there was none.</summary>
    public string? TakeLast()
    {
        var last = _last;
        _last = null;
        return last;
    }

    /// <inheritdoc/>
    public void Line(string text)
    {
        if (text.Length == 0)
            return;
        _last = text;
        ForkLog.ServerSaid(logger, text);
    }

    /// <inheritdoc/>
    public void Suppressed(int count) => ForkLog.ServerSaidMore(logger, count);
}
