namespace KubeWsBridge.Cli;

/// <summary>Validates the configuration and says what would run.</summary>
internal sealed class CheckCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "check";

    /// <inheritdoc/>
    public string Summary => "Validate the configuration and explain what would run.";

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Load() is not { } configuration)
            return Task.FromResult(ExitCodes.BadConfiguration);
        new CheckReport(context.Output).Write(configuration);
        return Task.FromResult(ExitCodes.Ok);
    }
}
