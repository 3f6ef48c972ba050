namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The bridge: one build of the program with its arguments.</summary>
/// <param name="name">How reports call it.</param>
/// <param name="command">The program and arguments of its own, such as <c>--data-path stream</c>.</param>
/// <param name="workers">What it starts per connection.</param>
internal sealed class BridgeContender(string name, IReadOnlyList<string> command, WorkerPrograms workers) : IContender
{
    private const string Many = "20000";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Takes(Handler handler) => handler.IsPhp ? workers.Php is not null : workers.Compiled is not null;

    ITarget IContender.Start(Handler handler) => Start(handler);

    /// <summary>Starts it with the handler as its worker.</summary>
    public BridgeTarget Start(Handler handler)
    {
        var port = ChildProcess.FreePort();
        return new BridgeTarget(
            [.. command, "--ws-host", "127.0.0.1", "--ws-port", $"{port}", "-M", Many, "-m", Many, .. workers.BridgeArguments(handler)], port, workers.Folder);
    }
}
