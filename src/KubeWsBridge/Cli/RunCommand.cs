namespace KubeWsBridge.Cli;

/// <summary>Runs the bridge; the default.</summary>
internal sealed class RunCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "run";

    /// <inheritdoc/>
    public string Summary => "Run the bridge; this is what happens without a command.";

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) =>
        context.Load() is { } configuration
            ? await context.RunHost(configuration, cancellationToken).ConfigureAwait(false)
            : ExitCodes.BadConfiguration;
}
