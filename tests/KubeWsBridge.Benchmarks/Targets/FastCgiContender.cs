namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>The bridge with workers of a static PHP-FPM pool, which opcache spares from compiling what they load.</summary>
/// <param name="bridge">The build.</param>
internal sealed class FastCgiContender(BridgeContender bridge) : ILaunchContender
{
    private const int Few = 16;

    /// <inheritdoc/>
    public string Name => "fastcgi";

    /// <inheritdoc/>
    public bool Takes(Handler handler) => handler.IsPhp && PhpFpm.Program is not null && bridge.Takes(handler);

    ITarget IContender.Start(Handler handler) => throw new NotSupportedException("It is measured with its pool only.");

    /// <inheritdoc/>
    public LaunchTarget Start(IReadOnlyList<string> workerArguments, string? preload, int sessions)
    {
        var workers = Math.Max(sessions, Few);
        var pool = new PhpFpm(bridge.Workers.NewFolder("fpm"), workers);
        try
        {
            return new LaunchTarget(
                bridge.StartBy(Name, [.. workerArguments, "--fastcgi-address", pool.Address, "--fastcgi-workers", $"{workers}"]), pool);
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }
}
