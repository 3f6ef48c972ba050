using KubeWsBridge.Behaviour.FastCgi;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>A bridge whose workers are a PHP-FPM's.</summary>
public sealed class FastCgiLauncherFixture() : LauncherFixture(LauncherTraits.FastCgi)
{
    /// <summary>How many workers a pool has.</summary>
    public const int Workers = 12;

    private readonly Scratch _scratch = new();
    private FpmServer? _other;

    /// <summary>The pool of the bridge that all tests share.</summary>
    public FpmServer Fpm { get; private set; } = null!;

    /// <summary>The handler without its first line, which only PHP's command line skips.</summary>
    public override string Script => _scratch.File("ground.php");

    /// <inheritdoc/>
    protected override string[] Php => ["--fastcgi-address", (_other ?? Fpm).Address, "--fastcgi-workers", $"{Workers}"];

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        var lines = await File.ReadAllLinesAsync(base.Script);
        Assert.StartsWith("#!", lines[0], StringComparison.Ordinal);
        await File.WriteAllLinesAsync(Script, lines[1..]);
        Directory.CreateDirectory(_scratch.File("lib"));
        File.Copy(BridgeProcess.Handler("lib/worker.php"), _scratch.File("lib/worker.php"));
        Fpm = await FpmServer.StartAsync(Workers);
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async Task<BridgeProcess> StartWithSettingAsync(string name, string value)
    {
        Assert.Null(_other);
        _other = await FpmServer.StartAsync(Workers, more: $"php_admin_value[{name}] = {value}"); // a pool's settings are its own
        return await StartAsync();
    }

    /// <summary>Another bridge, with another handler.</summary>
    public Task<BridgeProcess> StartWithScriptAsync(string script) => BridgeProcess.StartAsync(["--script", script, "--launcher", Traits.Name, .. Php]);

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_other is not null)
            await _other.DisposeAsync();
        await Fpm.DisposeAsync();
        _scratch.Dispose();
    }
}
