namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The bridge: one build of the program with its arguments.</summary>
/// <param name="program">What it is.</param>
/// <param name="workers">What it starts per connection.</param>
internal sealed class BridgeContender(BridgeProgram program, WorkerPrograms workers) : IContender
{
    private const string Many = "20000";

    /// <inheritdoc/>
    public string Name => program.Name;

    /// <summary>What it starts per connection.</summary>
    public WorkerPrograms Workers => workers;

    /// <inheritdoc/>
    public bool Takes(Handler handler) => handler.IsPhp ? workers.Php is not null : workers.Compiled is not null;

    ITarget IContender.Start(Handler handler) => Start(handler);

    /// <summary>Starts it with the handler as its worker.</summary>
    public BridgeTarget Start(Handler handler) => Start(workers.BridgeArguments(handler));

    /// <summary>Starts it with these options for its workers, which are its children.</summary>
    public BridgeTarget Start(IReadOnlyList<string> workerArguments) => StartBy("process", workerArguments);

    /// <summary>Starts it with a launcher and these options for its workers.</summary>
    public BridgeTarget StartBy(string launcher, IReadOnlyList<string> workerArguments)
    {
        var port = ChildProcess.FreePort();
        return new BridgeTarget(
            [.. program.CommandIn(workers.NewFolder(Name)), "--ws-host", "127.0.0.1", "--ws-port", $"{port}", "--management-address", "127.0.0.1:0", "-M", Many, "-m", Many, "--launcher", launcher, .. workerArguments],
            port, workers.Folder);
    }
}
