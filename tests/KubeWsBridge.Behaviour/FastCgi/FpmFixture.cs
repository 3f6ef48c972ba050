using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>One PHP-FPM and one bridge for all tests of a class.</summary>
public sealed class FpmFixture : IAsyncLifetime
{
    /// <summary>The pool, on a unix socket.</summary>
    public FpmServer Fpm { get; private set; } = null!;

    /// <summary>The bridge.</summary>
    public BridgeProcess Bridge { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Fpm = await FpmServer.StartAsync();
        Bridge = await FpmBridge.StartAsync(
            Fpm, new Dictionary<string, string> { ["KWB_ONLY_THE_BRIDGE_HAS_THIS"] = "secret" }, "--fastcgi-workers", "8");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Bridge.DisposeAsync();
        await Fpm.DisposeAsync();
    }
}
