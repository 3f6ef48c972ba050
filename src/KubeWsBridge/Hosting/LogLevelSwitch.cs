using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace KubeWsBridge.Hosting;

/// <summary>The least level of the lines that are logged, which can be changed while they are.</summary>
internal sealed class LogLevelSwitch(LogLevel level) : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>
{
    private ConfigurationReloadToken _changing = new();
    private LogLevel _level = level;

    /// <summary>The level.</summary>
    public LogLevel Level
    {
        get => _level;
        set
        {
            if (value == _level)
                return;
            _level = value;
            Interlocked.Exchange(ref _changing, new ConfigurationReloadToken()).OnReload();
        }
    }

    /// <inheritdoc/>
    public string Name => Options.DefaultName;

    /// <inheritdoc/>
    public IChangeToken GetChangeToken() => _changing;

    /// <inheritdoc/>
    public void Configure(LoggerFilterOptions options)
    {
        options.MinLevel = _level;

        // The framework's own lines help nobody who operates a bridge, until they debug it.
        if (_level <= LogLevel.Debug)
            return;
        options.AddFilter("Microsoft", LogLevel.Warning);
        options.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Error); // a line for each probe of something degraded
    }
}
