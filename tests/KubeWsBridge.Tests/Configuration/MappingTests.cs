using System.Net;
using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.Transport;
using KubeWsBridge.Bridge.WebSockets;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Draining;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Tests.Configuration;

public sealed class MappingTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Defaults_OfTheTable_AreThoseOfTheRecords()
    {
        var configuration = _sandbox.LoadSound();
        Assert.Equal(new ProgramOptions().Listeners, configuration.Program.Listeners);
        Assert.Equal(new ProgramOptions { Listeners = configuration.Program.Listeners }, configuration.Program);
        var bridge = configuration.Bridge;
        Assert.Equal(new AdmissionOptions(), bridge.Admission);
        Assert.Equal(new LaunchOptions(), bridge.Launch);
        Assert.Equal(new RendezvousOptions(), bridge.Rendezvous);
        Assert.Equal(new WebSocketOptions(), bridge.WebSockets);
        Assert.Equal(new PumpOptions(), bridge.Pump);
        Assert.Equal(new ClosingOptions(), bridge.Closing);
        Assert.Empty(bridge.Metadata.TrustedProxies);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (bridge.ConnectionTimeout, bridge.WorkerTimeout));
        var route = Assert.Single(bridge.Routes);
        var fallback = new RouteOptions { Executable = "php", Script = _sandbox.Script };
        Assert.Equal(fallback with { Arguments = route.Arguments, Origins = route.Origins, Subprotocols = route.Subprotocols, Fork = route.Fork }, route);
        Assert.Equal(fallback.Fork with { PhpArguments = route.Fork.PhpArguments }, route.Fork);
        Assert.Equal((0, 0, 0), (route.Arguments.Count, route.Origins.Count, route.Subprotocols.Count));
    }

    [Fact]
    public void BridgeOptions_AllSet_ArriveInTheirRooms()
    {
        var bridge = _sandbox.LoadSound(
            "-M1", "-m2", "--max-connections-per-address=3", "--connect-rate=4.5", "--php-connect-timeout=5", "--php-connect-retries=6",
            "-B127.0.0.7", "--tcp-port=8", "--hello-timeout=9", "--max-payload-size=10", "--heartbeat-interval=11", "-b12",
            "--tail-timeout=13", "--close-timeout=14", "--worker-grace=15", "--terminate-grace=16", "-T17", "-t18").Bridge;
        Assert.Equal(
            new AdmissionOptions { MaxConnections = 1, MaxProcesses = 2, MaxConnectionsPerAddress = 3, ConnectRate = 4.5 }, bridge.Admission);
        Assert.Equal(new LaunchOptions { ConnectTimeout = Seconds(5), ConnectRetries = 6 }, bridge.Launch);
        Assert.Equal(new RendezvousOptions { TcpBind = "127.0.0.7", TcpPort = 8, HelloTimeout = Seconds(9) }, bridge.Rendezvous);
        Assert.Equal(new WebSocketOptions { MaxPayloadSize = 10, HeartbeatInterval = Seconds(11) }, bridge.WebSockets);
        Assert.Equal(new PumpOptions { BufferSize = 12 }, bridge.Pump);
        Assert.Equal(
            new ClosingOptions
            {
                TailTimeout = Seconds(13),
                CloseTimeout = Seconds(14),
                WorkerGrace = Seconds(15),
                TerminateGrace = Seconds(16),
            },
            bridge.Closing);
        Assert.Equal((Seconds(17), Seconds(18)), (bridge.ConnectionTimeout, bridge.WorkerTimeout));
    }

    [Fact]
    public void Limits_Auto_AreThoseOfMemory()
    {
        var admission = _sandbox.LoadSound("-M", "auto", "--max-processes=AUTO", "--worker-memory=3m", "--memory-reserve=20").Bridge.Admission;

        Assert.True(admission.HasAuto);
        Assert.Equal((AdmissionOptions.Auto, AdmissionOptions.Auto), (admission.MaxConnections, admission.MaxProcesses));
        Assert.Equal((3 << 20, 20), (admission.Memory.WorkerMemory, admission.Memory.ReservePercent));
    }

    [Theory]
    [InlineData("-M", "maxConnections is auto, but maxProcesses is still 64, and the lesser one counts: set --max-processes auto too.")]
    [InlineData("-m", "maxProcesses is auto, but maxConnections is still 256, and the lesser one counts: set --max-connections auto too.")]
    public void Limits_OnlyOneAuto_AreWarnedOf(string limit, string warning)
    {
        Assert.Contains(warning, _sandbox.LoadSound(limit, "auto").Warnings);
        Assert.Empty(_sandbox.LoadSound("-M", limit == "-M" ? "auto" : "9", "-m", limit == "-m" ? "auto" : "9").Warnings);
    }

    [Theory]
    [InlineData("--launcher=fastcgi", "--fastcgi-address=127.0.0.1:9000", "--fastcgi-workers=5")]
    [InlineData("--launcher=fork", "--fork-server-dir=/run/kwb")]
    public void Limits_AutoWithWorkersElsewhere_AreWarnedOf(params string[] arguments) =>
        Assert.Contains(_sandbox.LoadSound(["-m", "auto", .. arguments]).Warnings, warning => warning.StartsWith("maxProcesses is auto, but", StringComparison.Ordinal));

    [Fact]
    public void ProgramOptions_AllSet_Arrive()
    {
        var program = _sandbox.LoadSound(
            "-H::1", "-P0", "--header-timeout=1", "--proxy-protocol", "--trusted-proxy=loopback", "--drain-timeout=2m", "--drain-delay=5", "--drain-period=1m",
            "--drain-close-code=1012", "--grace-period=3m", "--worker-grace=20", "--terminate-grace=3", "--tail-timeout=4", "--close-timeout=5",
            "--write-buffer-size=3", "--max-write-buffer-size=4", "-ldebug", "--log-format=json", "--data-path=stream").Program;
        Assert.Equal(
            new ProgramOptions
            {
                Listeners = program.Listeners,
                HeaderTimeout = Seconds(1),
                ProxyProtocol = true,
                Drain = new DrainOptions
                {
                    Timeout = Seconds(120),
                    Delay = Seconds(5),
                    Period = Seconds(60),
                    GracePeriod = Seconds(180),
                    CloseCode = 1012,
                    WorkerTime = Seconds(23),
                    ClientTime = Seconds(9),
                },
                WriteBufferSize = 3,
                MaxWriteBufferSize = 4,
                LogLevel = LogLevel.Debug,
                LogFormat = LogFormat.Json,
                DataPath = DataPath.Stream,
            },
            program);
        Assert.Equal([new ListenerOptions("::1", 0)], program.Listeners);
    }

    [Fact]
    public void DataPath_SocketWhereSupported_Arrives()
    {
        if (SocketListenerFactory.IsSupported)
            Assert.Equal(DataPath.Socket, _sandbox.LoadSound("--data-path=socket").Program.DataPath);
        else
            Assert.Equal("needs Linux.", Assert.Single(_sandbox.Load("--data-path=socket").Problems).Message);
    }

    [Fact]
    public void TrustedProxies_WordsAndNetworks_BecomeNetworks()
    {
        var networks = _sandbox.LoadSound("--trusted-proxy", "loopback", "--trusted-proxy", "10.9.8.7").Bridge.Metadata.TrustedProxies;
        Assert.Equal([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("10.9.8.7/32")], networks);
    }

    [Fact]
    public void LauncherOptions_AllSet_Arrive()
    {
        var route = _sandbox.LoadSound(
            "--launcher=fork", "--fork-preload", _sandbox.Script, "--fork-php-args=-dopcache.enable_cli=1", "--fork-php-args=-da=b,c", "--fork-max-children=7",
            "--fork-server-dir=/run/fork", "--pool-size=3", "--pool-preload", _sandbox.Script).Bridge.Routes[0];
        Assert.Equal(("fork", _sandbox.Script, 7, "/run/fork"), (route.Launcher, route.Fork.Preload, route.Fork.MaxChildren, route.Fork.ServerDirectory));
        Assert.Equal(["-dopcache.enable_cli=1", "-da=b,c"], route.Fork.PhpArguments);
        Assert.Equal(new PoolOptions { Size = 3, Preload = _sandbox.Script }, route.Pool);
    }

    [Fact]
    public void TcpBind_Localhost_IsAnAddress() => Assert.Equal("127.0.0.1", _sandbox.LoadSound("-Blocalhost").Bridge.Rendezvous.TcpBind);

    [Fact]
    public void TcpBind_UnixSocket_ArrivesInItsShortForm() =>
        Assert.Equal(new RendezvousOptions { TcpBind = "unix:/run/kwb.sock" }, _sandbox.LoadSound("-Bunix:///run/kwb.sock").Bridge.Rendezvous);

    [Fact]
    public void Executable_RelativePath_BecomesAbsoluteAndANameStays()
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _sandbox.Php);
        Assert.Equal(_sandbox.Php, Path.GetFullPath(_sandbox.LoadSound("-e", "./" + relative).Bridge.Routes[0].Executable));
        Assert.True(Path.IsPathRooted(_sandbox.LoadSound("-e", "./" + relative).Bridge.Routes[0].Executable));
        Assert.Equal("php", _sandbox.LoadSound("-e", "php").Bridge.Routes[0].Executable);
    }

    [Fact]
    public void Script_Relative_IsLookedForInTheWorkingDirectory()
    {
        var route = _sandbox.LoadSound("-s", "script.php", "--working-directory", _sandbox.Folder).Bridge.Routes[0];
        Assert.Equal(("script.php", _sandbox.Folder), (route.Script, route.WorkingDirectory));
    }

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
