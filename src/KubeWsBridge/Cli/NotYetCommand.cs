namespace KubeWsBridge.Cli;

/// <summary>A command whose name is taken and whose work is not done.</summary>
internal sealed class NotYetCommand(string name, string summary, string later) : ICommand
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Summary => $"{summary} Not available yet.";

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Error.WriteLine($"kubewsbridge: {name} is not available yet: it comes with {later}.");
        return Task.FromResult(ExitCodes.Usage);
    }
}
