namespace KubeWsBridge.Cli;

/// <summary>Explains commands and options.</summary>
internal sealed class HelpCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "help";

    /// <inheritdoc/>
    public string Summary => "Print this help.";

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        new HelpText(context.Output).Write();
        return Task.FromResult(ExitCodes.Ok);
    }
}
