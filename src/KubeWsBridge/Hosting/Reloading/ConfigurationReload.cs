using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Effective;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Reloading;

/// <summary>Reads the configuration again and puts it in force if all of it is right; otherwise says why, and all stays as it is.</summary>
internal sealed class ConfigurationReload : IDisposable
{
    private readonly Action<LoadedConfiguration> _apply;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly ReloadMetrics _metrics;
    private LoadedConfiguration _current;
    private volatile ReloadState _state = new([], []);

    /// <summary>Nothing is read before <see cref="Reload"/>.</summary>
    /// <param name="running">The configuration in force.</param>
    /// <param name="apply">Puts another in force; throws, and has changed nothing, when it can't.</param>
    /// <param name="logger">The log.</param>
    public ConfigurationReload(LoadedConfiguration running, Action<LoadedConfiguration> apply, ILogger logger)
    {
        (_current, _apply, _logger) = (running, apply, logger);
        _metrics = new ReloadMetrics(() => _state.Problems.Count == 0);
    }

    /// <summary>What there is to know of the file as it is now.</summary>
    public ReloadState State => _state;

    /// <summary>Reads it now; never throws.</summary>
    /// <param name="input">What it is read from.</param>
    /// <param name="isAsked">Whether somebody waits for an answer, so that problems are told that have been told before.</param>
    /// <returns>Whether what the file says is in force, or will be after a restart.</returns>
    public bool Reload(ConfigurationInput input, bool isAsked)
    {
        lock (_lock)
        {
            var problems = Read(input);
            if (problems.Count > 0)
                Reject(problems, isAsked);
            return problems.Count == 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _metrics.Dispose();

    private IReadOnlyList<string> Read(ConfigurationInput input)
    {
        try
        {
            var result = ConfigurationLoader.Load(input);
            if (result.Configuration is not { } read)
                return [.. result.Problems.Select(problem => problem.ToString())];
            var change = ConfigurationChange.Between(_current, read);
            if (change.Live.Count > 0)
                _apply(change.Next);
            _current = change.Next;
            Tell(change);
            return [];
        }
        catch (Exception exception)
        {
            // A file that vanishes while it is looked at, for example: no reason to end sessions, nor to look no more.
            return [exception.Message];
        }
    }

    private void Reject(IReadOnlyList<string> problems, bool isAsked)
    {
        if (!isAsked && problems.SequenceEqual(_state.Problems))
            return;
        ReloadLog.Rejected(_logger, problems.Count);
        foreach (var problem in problems)
            ReloadLog.Problem(_logger, problem);
        _metrics.Rejected();
        _state = _state with { Problems = problems };
    }

    private void Tell(ConfigurationChange change)
    {
        var before = _state;
        _state = new ReloadState([], change.Restart);
        var wantsRestart = !change.Restart.SequenceEqual(before.Restart);
        if (change.Live.Count == 0 && !wantsRestart && before.Problems.Count == 0)
            return; // a comment, or the order of keys

        _metrics.Applied();
        if (change.Live.Count > 0)
            ReloadLog.Applied(_logger, string.Join(", ", change.Live));
        else if (before.Problems.Count > 0)
            ReloadLog.Corrected(_logger);
        if (wantsRestart && change.Restart.Count > 0)
            ReloadLog.NeedsRestart(_logger, string.Join(", ", change.Restart));
        foreach (var warning in change.Next.Warnings)
            HostingLog.ConfigurationWarning(_logger, warning);
    }
}
