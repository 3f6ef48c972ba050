using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Reloading;
using KubeWsBridge.Tests.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Tests.Hosting.Reloading;

public sealed class ConfigurationReloadTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly LoggedLines _log = new();
    private readonly List<LoadedConfiguration> _applied = [];

    public void Dispose()
    {
        _log.Dispose();
        _sandbox.Dispose();
    }

    [Fact]
    public void Reload_Comment_DoesNothing()
    {
        using var reload = Start("maxConnections: 5", out var input);

        Write("# five\nmaxConnections: 5");
        reload.Reload(input, isAsked: false);

        Assert.Empty(_applied);
        Assert.Empty(Lines);
    }

    [Fact]
    public void Reload_LiveKeys_AreApplied()
    {
        using var reload = Start("maxConnections: 5", out var input);

        Write("maxConnections: 6\nheartbeatInterval: 9\nlogLevel: debug");
        reload.Reload(input, isAsked: false);

        var next = Assert.Single(_applied);
        Assert.Equal((6, TimeSpan.FromSeconds(9), LogLevel.Debug), (next.Bridge.Admission.MaxConnections, next.Bridge.WebSockets.HeartbeatInterval, next.Program.LogLevel));
        Assert.Equal("The configuration file has changed; in force for new connections: maxConnections, logLevel, heartbeatInterval.", Assert.Single(Lines));
    }

    [Fact]
    public void Reload_StaticKeys_StayAndAreToldOfOnce()
    {
        using var reload = Start("bufferSize: 1024", out var input);

        Write("bufferSize: 2048\nwsPort: 9090\nmaxConnections: 6");
        reload.Reload(input, isAsked: false);
        Write("bufferSize: 2048\nwsPort: 9090\nmaxConnections: 7");
        reload.Reload(input, isAsked: false);

        Assert.All(_applied, next => Assert.Equal(1024, next.Bridge.Pump.BufferSize));
        Assert.Equal([6, 7], _applied.Select(next => next.Bridge.Admission.MaxConnections));
        Assert.Equal(["wsPort", "bufferSize"], reload.State.Restart);
        Assert.Equal("The configuration file has changes that need a restart: wsPort, bufferSize.", Assert.Single(Lines, line => line.Contains("restart", StringComparison.Ordinal)));

        Write("bufferSize: 1024");
        reload.Reload(input, isAsked: false);
        Assert.Empty(reload.State.Restart);
    }

    [Fact]
    public void Reload_Wrong_KeepsEverythingUntilItIsRight()
    {
        using var reload = Start("maxConnections: 5", out var input);

        Write("maxConnections: 6\nheartbeat: 9\nconnectRate: fast");
        reload.Reload(input, isAsked: false);

        Assert.Empty(_applied);
        Assert.Equal(2, reload.State.Problems.Count);
        Assert.Equal(3, Lines.Count);
        Assert.Contains("all stays as it was", Lines[0], StringComparison.Ordinal);
        Assert.Contains(Lines, line => line.StartsWith("heartbeat (", StringComparison.Ordinal));

        Write("maxConnections: 5");
        reload.Reload(input, isAsked: false);
        Assert.Empty(_applied);
        Assert.Empty(reload.State.Problems);
        Assert.Contains("right again", Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Reload_FileThatIsGone_KeepsEverything()
    {
        using var reload = Start("maxConnections: 5", out var input);

        File.Delete(Path.Join(_sandbox.Folder, "kwb.yaml"));
        reload.Reload(input, isAsked: false);

        Assert.Empty(_applied);
        Assert.Single(reload.State.Problems);
    }

    [Fact]
    public void Reload_ThatCanNotBeApplied_IsRejectedAndTriedAgain()
    {
        using var reload = Start("maxConnections: 5", out var input, _ => throw new ArgumentException("There is no such launcher."));
        Write("maxConnections: 6");

        Assert.False(reload.Reload(input, isAsked: false));
        Assert.False(reload.Reload(input, isAsked: false));
        Assert.False(reload.Reload(input, isAsked: true));

        Assert.Equal(["There is no such launcher."], reload.State.Problems);
        Assert.Equal(2, Lines.Count(line => line == "There is no such launcher."));
    }

    [Fact]
    public void Reload_ThatFailsUnexpectedly_IsRejected()
    {
        using var reload = Start("maxConnections: 5", out var input, _ => throw new FileNotFoundException("Unable to find the specified file."));
        Write("maxConnections: 6");

        Assert.False(reload.Reload(input, isAsked: false));

        Assert.Equal(["Unable to find the specified file."], reload.State.Problems);
    }

    [Fact]
    public void Reload_AScriptThatIsStillToCome_IsTakenWhenItIsThere()
    {
        using var reload = Start("maxConnections: 5", out var input);
        var later = Path.Join(_sandbox.Folder, "later.php");
        Write($"routes:\n  - path: /later\n    script: {later}");
        Assert.False(reload.Reload(input, isAsked: false));

        File.WriteAllText(later, "<?php");

        Assert.True(reload.Reload(input, isAsked: false));
        Assert.Equal("/later", Assert.Single(Assert.Single(_applied).Bridge.Routes).Path);
    }

    [Theory]
    [InlineData("proxyProtocol: true\ntrustedProxies: [10.0.0.0/8]", "maxConnections: 6", "10.0.0.0/8")]
    [InlineData("maxConnections: 6", "proxyProtocol: true\ntrustedProxies: [10.0.0.0/8]", null)]
    public void Reload_ProxyProtocol_KeepsWhomItIsBelievedTo(string before, string after, string? trusted)
    {
        using var reload = Start($"{before}\nheartbeatInterval: 5", out var input);

        Write($"{after}\nheartbeatInterval: 6");
        reload.Reload(input, isAsked: false);

        Assert.Equal(trusted, Assert.Single(_applied).Bridge.Metadata.TrustedProxies.Select(network => network.ToString()).SingleOrDefault());
        Assert.Equal(["proxyProtocol", "trustedProxies"], reload.State.Restart.Order());
    }

    [Fact]
    public void Configuration_FromAPipe_IsNotReadAgain()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        pipe.Write("maxConnections: 7"u8);
        var file = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        pipe.Dispose();

        var configuration = _sandbox.LoadSound("--config", file);

        Assert.Equal(7, configuration.Bridge.Admission.MaxConnections);
        Assert.Null(configuration.Input);
    }

    [Fact]
    public void Reload_Routes_AreTakenWhole()
    {
        using var reload = Start("routes:\n  - path: /a\n    maxConnections: 2", out var input);

        Write("routes:\n  - path: /a\n    maxConnections: 3\n  - path: /b");
        reload.Reload(input, isAsked: false);

        Assert.Equal(["/a", "/b"], Assert.Single(_applied).Bridge.Routes.Select(route => route.Path));
        Assert.Contains("in force for new connections: routes.", Assert.Single(Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Reload_Listeners_NeedARestart()
    {
        using var reload = Start("maxConnections: 5", out var input);

        Write("maxConnections: 5\nlisteners:\n  - port: 9090");
        reload.Reload(input, isAsked: false);

        Assert.Empty(_applied);
        Assert.Equal(["listeners"], reload.State.Restart);
    }

    [Fact]
    public void Reload_Secret_IsSeenAndNotShown()
    {
        const string authority = "tlsMode: automate\ntlsDomain: a.example.com\ntlsEmail: a@example.com\ntlsEabKeyId: id\ntlsEabMacKey: ";
        using var reload = Start(authority + "c2VjcmV0LW9uZQ", out var input);

        Write(authority + "c2VjcmV0LXR3bw");
        reload.Reload(input, isAsked: false);

        Assert.Equal(["tlsEabMacKey"], reload.State.Restart);
        Assert.DoesNotContain(Lines, line => line.Contains("c2Vj", StringComparison.Ordinal));
    }

    private List<string> Lines => _log.Messages;

    private ConfigurationReload Start(string yaml, out ConfigurationInput input, Action<LoadedConfiguration>? apply = null)
    {
        var running = _sandbox.LoadYaml(yaml);
        input = running.Input!;
        return new ConfigurationReload(running, apply ?? _applied.Add, _log);
    }

    private void Write(string yaml) => _sandbox.Write("kwb.yaml", yaml);
}
