namespace KubeWsBridge.Cli;

/// <summary>Runs the bridge with a script of its own.</summary>
internal sealed class DemoCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "demo";

    /// <inheritdoc/>
    public string Summary => "Run the bridge with an example script and a page to try it in.";

    /// <inheritdoc/>
    public Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => context.RunDemo(context, cancellationToken);
}
