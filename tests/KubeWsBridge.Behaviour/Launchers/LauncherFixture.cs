using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>A bridge whose launcher is at work.</summary>
public abstract class LauncherFixture(LauncherTraits traits) : IAsyncLifetime
{
    /// <summary>Of the launcher.</summary>
    public LauncherTraits Traits => traits;

    /// <summary>The handler, as the worker's PHP finds it.</summary>
    public virtual string Script => BridgeProcess.Handler("ground.php");

    /// <summary>The running program.</summary>
    public BridgeProcess Bridge { get; private set; } = null!;

    /// <inheritdoc/>
    public virtual async Task InitializeAsync() => Bridge = await StartAsync();

    /// <summary>Arguments that say which PHP it is.</summary>
    protected virtual string[] Php => ["--php-executable", BridgeProcess.PhpPath];

    /// <summary>Another one, with other options.</summary>
    public Task<BridgeProcess> StartAsync(params string[] options) => StartAsync(options, new Dictionary<string, string>());

    /// <summary>Another one, with other options and more variables.</summary>
    public async Task<BridgeProcess> StartAsync(string[] options, IReadOnlyDictionary<string, string> environment)
    {
        string[] arguments =
        [
            "--script", Script, "--launcher", traits.Name, .. Php, .. traits.Arguments, .. options,
            "--worker-grace", "30s", "--terminate-grace", "30s", "--tail-timeout", "30s", // on a busy machine, too, the worker's own end is what counts
        ];
        var bridge = await BridgeProcess.StartAsync(arguments, environment);
        await ServesByAsync(bridge, traits.Name);
        return bridge;
    }

    /// <summary>Another one, whose PHP has a setting of its own.</summary>
    public virtual Task<BridgeProcess> StartWithSettingAsync(string name, string value) => StartAsync("--php-args", $"-d{name}={value}");

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
    public virtual async Task DisposeAsync() => await Bridge.DisposeAsync();
}
