using KubeWsBridge.Configuration.Printing;

namespace KubeWsBridge.Cli;

/// <summary>Prints the JSON schema of the configuration file.</summary>
internal sealed class ConfigSchemaCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "config schema";

    /// <inheritdoc/>
    public string Summary => "Print the JSON schema of the configuration file.";

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Output.WriteLine(ConfigurationSchema.Write());
        return Task.FromResult(ExitCodes.Ok);
    }
}
