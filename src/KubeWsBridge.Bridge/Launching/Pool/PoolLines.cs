using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>Logs what a member said before it died.</summary>
internal sealed class PoolLines(ILogger logger, string route) : IErrorLineSink
{
    /// <inheritdoc/>
    public void Line(string text)
    {
        if (text.Length > 0)
            PoolLog.MemberSaid(logger, route, text);
    }

    /// <inheritdoc/>
    public void Suppressed(int count) => PoolLog.MemberSaid(logger, route, $"({count} more lines)");
}
