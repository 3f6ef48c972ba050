namespace KubeWsBridge.Bridge.Launching;

/// <summary>The <c>process</c> launcher: each worker is a fresh process of its own.</summary>
internal sealed class ProcessLauncher(LaunchPlan plan, LauncherContext context) : ILauncher
{
    private readonly IReadOnlyList<string> _arguments = plan.Script is { } script ? [.. plan.Arguments, script] : plan.Arguments;

    /// <inheritdoc/>
    public string Name => ProcessLauncherFactory.LauncherName;

    /// <inheritdoc/>
    public LauncherHealth Health => LauncherHealth.Ready;

    /// <inheritdoc/>
    public void Start()
    {
    }

    /// <inheritdoc/>
    public ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IWorker>(cancellationToken);

        try
        {
            // Inline: a spawn holds this thread for a fraction of a millisecond.
            return new ValueTask<IWorker>(context.Processes.Start(new ProcessStart
            {
                Executable = plan.Executable,
                Arguments = _arguments,
                Environment = request.Environment,
                WorkingDirectory = plan.WorkingDirectory,
            }));
        }
        catch (LaunchException exception)
        {
            return ValueTask.FromException<IWorker>(exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
