using System.Text.RegularExpressions;

namespace KubeWsBridge.Fuzz.Bridges;

/// <summary>What a bridge logs: its port, its errors, and the last lines, so that an hour of them does not fill the memory.</summary>
internal sealed partial class BridgeLog
{
    private const int Kept = 5000;
    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly List<string> _errors = [];
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the port for clients.</summary>
    public Task<int> Port => _port.Task;

    /// <summary>Lines that must not be: errors, faults of the bridge, and words of workers.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_lock)
                return [.. _errors];
        }
    }

    /// <summary>Takes a line; null at the end.</summary>
    public void Add(string? line)
    {
        if (line is null)
        {
            _port.TrySetException(new InvalidOperationException($"The bridge ended instead of listening:\n{string.Join('\n', Last(""))}"));
            return;
        }

        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
                _lines.Dequeue();
            if (ErrorLine().IsMatch(line))
                _errors.Add(line);
        }

        if (!_port.Task.IsCompleted && ListeningLine().Match(line) is { Success: true } match)
            _port.TrySetResult(int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The last lines with this text in them.</summary>
    public IReadOnlyList<string> Last(string text)
    {
        lock (_lock)
            return [.. _lines.Where(line => line.Contains(text, StringComparison.Ordinal)).TakeLast(20)];
    }

    [GeneratedRegex(@"listening on ws://\S+:(\d+);")]
    private static partial Regex ListeningLine();

    [GeneratedRegex(@"^\S+ (error|crit)|this is a bug|worker stderr:|Unhandled exception|Exception: ")]
    private static partial Regex ErrorLine();
}
