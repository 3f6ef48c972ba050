namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The bridge with one of its launchers.</summary>
/// <param name="launcher">The launcher's name, which is also how reports call it.</param>
/// <param name="bridge">The build.</param>
/// <param name="preloadFlag">The option that names a preload file; null when the launcher has none.</param>
/// <param name="arguments">Its own options.</param>
internal sealed class LaunchContender(string launcher, BridgeContender bridge, string? preloadFlag, params string[] arguments) : IContender
{
    /// <inheritdoc/>
    public string Name => launcher;

    /// <inheritdoc/>
    public bool Takes(Handler handler) => handler.IsPhp && bridge.Takes(handler);

    ITarget IContender.Start(Handler handler) => Start(bridge.Workers.BridgeArguments(handler), null);

    /// <summary>Starts it.</summary>
    /// <param name="workerArguments">What its workers are.</param>
    /// <param name="preload">What they load, for launchers that can do so before.</param>
    public BridgeTarget Start(IReadOnlyList<string> workerArguments, string? preload) => bridge.StartBy(
        launcher, [.. workerArguments, .. arguments, .. preload is not null && preloadFlag is not null ? [preloadFlag, preload] : Array.Empty<string>()]);
}
