using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>A bridge whose launcher is at work.</summary>
public abstract class LauncherFixture(LauncherTraits traits) : IAsyncLifetime
{
    /// <summary>Of the launcher.</summary>
    public LauncherTraits Traits => traits;

    /// <summary>The running program.</summary>
    public BridgeProcess Bridge { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Bridge = await StartAsync();

    /// <summary>Another one, with other options.</summary>
    public Task<BridgeProcess> StartAsync(params string[] options) => StartAsync(options, new Dictionary<string, string>());

    /// <summary>Another one, with other options and more variables.</summary>
    public async Task<BridgeProcess> StartAsync(string[] options, IReadOnlyDictionary<string, string> environment)
    {
        string[] arguments =
        [
            "--php-executable", BridgeProcess.PhpPath, "--script", BridgeProcess.Handler("ground.php"), "--launcher", traits.Name,
            "--worker-grace", "30s", "--terminate-grace", "30s", .. traits.Arguments, .. options,
        ];
        var bridge = await BridgeProcess.StartAsync(arguments, environment);
        await ServesByAsync(bridge, traits.Name);
        return bridge;
    }

    /// <summary>Waits until sessions are served by this launcher.</summary>
    public static Task ServesByAsync(BridgeProcess bridge, string launcher) => Eventually.IsTrueAsync(
        () =>
        {
            var client = RawClient.ConnectAsync(bridge.Port).GetAwaiter().GetResult();
            var port = ((System.Net.IPEndPoint)client.Socket.LocalEndPoint!).Port;
            var opened = bridge.LoggedAsync($"Session opened: .* port {port} by ").GetAwaiter().GetResult();
            client.Reset();
            return opened.Contains($" by {launcher}, ", StringComparison.Ordinal);
        },
        () => $"No session is served by {launcher}:\n{bridge.Log}");

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Bridge.DisposeAsync();
}
