using System.Globalization;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>Hears from members that they are ready: each writes its process id and a newline to one pipe.</summary>
internal static class ReadySigns
{
    private const int LongestLine = 32;

    /// <summary>Listens until the stream ends or the token is cancelled; never faults.</summary>
    public static async Task ListenAsync(Stream signs, Action<int> ready, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * LongestLine];
        var filled = 0;
        try
        {
            while (await signs.ReadAsync(buffer.AsMemory(filled), cancellationToken) is > 0 and var count)
            {
                filled += count;
                var end = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
                foreach (var line in Encoding.ASCII.GetString(buffer, 0, end).Split('\n'))
                    if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
                        ready(processId);

                filled -= end;
                buffer.AsSpan(end, filled).CopyTo(buffer);
                if (filled > LongestLine)
                    filled = 0; // nobody writes such lines; what it was is not for us
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The pool is closed.
        }
    }
}
