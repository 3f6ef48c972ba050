using KubeWsBridge.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KubeWsBridge.Tests.Hosting;

public class LogLevelSwitchTests
{
    [Fact]
    public void Level_WhenChanged_HoldsForLoggersThereAre()
    {
        var level = new LogLevelSwitch(LogLevel.Information);
        var services = new ServiceCollection();
        using var lines = new LoggedLines();
        services.AddLogging(logging => logging.AddProvider(lines));
        services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(level).AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(level);
        using var provider = services.BuildServiceProvider();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        var (ours, framework) = (loggers.CreateLogger("KubeWsBridge"), loggers.CreateLogger("Microsoft.AspNetCore"));
        Assert.Equal((false, true, false), Enabled());

        level.Level = LogLevel.Debug;
        Assert.Equal((true, true, true), Enabled());

        level.Level = LogLevel.Error;
        Assert.Equal((false, false, false), Enabled());

        (bool OursDebug, bool OursInformation, bool FrameworkInformation) Enabled() =>
            (ours.IsEnabled(LogLevel.Debug), ours.IsEnabled(LogLevel.Information), framework.IsEnabled(LogLevel.Information));
    }
}
