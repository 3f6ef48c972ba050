using KubeWsBridge.Configuration.Printing;

namespace KubeWsBridge.Cli;

/// <summary>Prints the configuration after all sources have spoken.</summary>
internal sealed class ConfigPrintCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "config print";

    /// <inheritdoc/>
    public string Summary => "Print the effective configuration as YAML, with the source of each value.";

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Load() is not { } configuration)
            return Task.FromResult(ExitCodes.BadConfiguration);
        new ConfigurationPrinter(context.Output).Print(configuration);
        return Task.FromResult(ExitCodes.Ok);
    }
}
