namespace KubeWsBridge.Cli;

/// <summary>Says which version this is.</summary>
internal sealed class VersionCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "version";

    /// <inheritdoc/>
    public string Summary => "Print the version.";

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Output.WriteLine($"kubewsbridge {typeof(VersionCommand).Assembly.GetName().Version?.ToString(3)}");
        return Task.FromResult(ExitCodes.Ok);
    }
}
