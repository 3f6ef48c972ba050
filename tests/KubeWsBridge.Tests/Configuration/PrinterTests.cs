using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Printing;

namespace KubeWsBridge.Tests.Configuration;

public sealed class PrinterTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Print_Values_NamesTheirSources()
    {
        _sandbox.Environment["WSS_CONFIG_MAX_PROCESSES"] = "5";
        var lines = Print(_sandbox.LoadYaml("\nmaxConnections: 7", "-T", "1.5")).Split('\n');
        Assert.Contains("wsPort: 8080  # default", lines);
        Assert.Contains("maxProcesses: 5  # WSS_CONFIG_MAX_PROCESSES", lines);
        Assert.Contains($"maxConnections: 7  # {Path.Combine(_sandbox.Folder, "kwb.yaml")}:2", lines);
        Assert.Contains("connectionTimeout: 1500ms  # -T", lines);
        Assert.Contains("workingDirectory: null  # default", lines);
    }

    [Fact]
    public void Print_SingleScript_LoadsAgainAsTheSame()
    {
        var first = _sandbox.LoadSound(
            "-a", "-d", "-a", "a=\"b\\c\" # no comment: 'x',ü", "--origin=https://a,https://b", "--trusted-proxy=private,10.0.0.0/8",
            "--ignore-stdout", "--connect-rate=0.25", "-T90ms", "-b8k", "-lwarn", "-H::", "--upgrade=early", "--log-format=json");
        AssertSame(first, LoadAlone(Print(first)));
    }

    [Fact]
    public void Print_Routes_LoadsAgainAsTheSame()
    {
        var first = _sandbox.LoadYaml(
            $"""
            phpArgs: [-n]
            routes:
              - path: /a
                origins: ["https://a"]
                maxConnections: 3
              - path: /b/*
                phpArgs: []
                upgrade: early
                workingDirectory: {_sandbox.Folder}
            """);
        var text = Print(first);
        Assert.Contains("  - path: \"/a\"  # ", text, StringComparison.Ordinal);
        AssertSame(first, LoadAlone(text));
    }

    [Fact]
    public void Print_Listeners_LoadAgainAsTheSame()
    {
        var first = _sandbox.LoadYaml(
            """
            tlsMode: internal
            tlsStateDir: /var/lib/kwb
            tlsCurves: [P-256, x25519]
            tlsCiphers: TLS13_AES_128_GCM_SHA256
            tlsAlpn: [http/1.1]
            listeners:
              - port: 8443
                tls: true
              - host: 127.0.0.1
                port: 8080
              - port: 8088
                redirect: true
            """);
        Assert.Equal(
            [new("0.0.0.0", 8443, ListenerKind.Tls), new("127.0.0.1", 8080), new("0.0.0.0", 8088, ListenerKind.Redirect)], first.Program.Listeners);
        AssertSame(first, LoadAlone(Print(first)));
    }

    [Fact]
    public void Print_EveryWorkingOption_IsThere()
    {
        var text = Print(_sandbox.LoadSound());
        foreach (var option in OptionTable.All)
            Assert.Equal(option.IsInFile && option.NotYet is null, text.Contains($"\n{option.Key}: ", StringComparison.Ordinal));
    }

    private static string Print(LoadedConfiguration configuration)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new ConfigurationPrinter(writer).Print(configuration);
        return writer.ToString();
    }

    private LoadedConfiguration LoadAlone(string yaml)
    {
        var path = _sandbox.Environment["PATH"];
        _sandbox.Environment.Clear();
        _sandbox.Environment["PATH"] = path;
        var result = _sandbox.LoadBare("--config", _sandbox.Write("printed.yaml", yaml));
        Assert.Empty(result.Problems);
        Assert.Empty(result.Warnings);
        return result.Configuration!;
    }

    private static void AssertSame(LoadedConfiguration first, LoadedConfiguration second)
    {
        Assert.Equal(first.Program.Listeners, second.Program.Listeners);
        Assert.Equal(
            first.Program with { ConfigFile = null, Listeners = [], Tls = null }, second.Program with { ConfigFile = null, Listeners = [], Tls = null });
        Assert.Equivalent(first.Program.Tls, second.Program.Tls);
        // Assert.Equivalent walks into IPAddress, some of whose properties throw.
        Assert.Equivalent(first.Bridge with { Metadata = new() }, second.Bridge with { Metadata = new() }, strict: true);
        Assert.Equal(first.Bridge.Metadata.TrustedProxies, second.Bridge.Metadata.TrustedProxies);
        foreach (var option in OptionTable.All.Where(option => option.IsInFile))
            Assert.Equal(first.Values[option].Printed, second.Values[option].Printed);
        Assert.Equal(first.Routes.Count, second.Routes.Count);
        foreach (var (one, other) in first.Routes.Zip(second.Routes))
            foreach (var option in RouteOptionTable.All)
                Assert.Equal(one[option].Printed, other[option].Printed);
    }
}
