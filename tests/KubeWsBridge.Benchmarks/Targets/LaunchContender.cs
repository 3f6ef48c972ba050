namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The bridge with a launcher whose workers it starts itself.</summary>
/// <param name="name">How reports call it.</param>
/// <param name="launcher">The launcher's name.</param>
/// <param name="bridge">The build.</param>
/// <param name="preloadFlag">The option that names a preload file; null when the launcher has none.</param>
/// <param name="arguments">Its own options.</param>
internal sealed class LaunchContender(string name, string launcher, BridgeContender bridge, string? preloadFlag, params string[] arguments) : ILaunchContender
{
    // A thousand that start at once wait for each other on few cores.
    private const string Patience = "10m";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Takes(Handler handler) => handler.IsPhp && bridge.Takes(handler);

    ITarget IContender.Start(Handler handler) => bridge.StartBy(launcher, [.. bridge.Workers.BridgeArguments(handler), .. arguments]);

    /// <inheritdoc/>
    public LaunchTarget Start(IReadOnlyList<string> workerArguments, string? preload, int sessions) => new(bridge.StartBy(
        launcher, [.. workerArguments, .. arguments, "--php-connect-timeout", Patience, .. preload is not null && preloadFlag is not null ? [preloadFlag, preload] : Array.Empty<string>()]));
}
