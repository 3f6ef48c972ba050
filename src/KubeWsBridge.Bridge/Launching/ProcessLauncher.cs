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
    /// <remarks>Nothing is waited for: it is only advice that may be had.</remarks>
    public void Start()
    {
        if (plan.Script is not null)
            _ = AdviseAsync();
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

    private async Task AdviseAsync()
    {
        if (await context.Probe.AskAsync(plan, context) is { HasOpcache: true, OpcacheFileCache: "" } facts && context.Probe.IsFirstToAdvise(facts))
            LaunchLog.SlowOpcache(context.Logger, facts.Version);
    }
}
