using System.Net;
using System.Text;
using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Admission.Memory;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Transport;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Cli;
using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Hosting.Automation;
using KubeWsBridge.Hosting.Draining;
using KubeWsBridge.Hosting.Management;
using KubeWsBridge.Hosting.Management.Health;
using KubeWsBridge.Hosting.Reloading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting;

/// <summary>The running program: Kestrel in front, the bridge behind, and an orderly end.</summary>
internal sealed class Server(LoadedConfiguration configuration, TimeProvider timeProvider)
{
    private readonly ProgramOptions _program = configuration.Program;
    private readonly LogLevelSwitch _logLevel = new(configuration.Program.LogLevel);
    private readonly BridgeOptions _options = configuration.Bridge with { SocketPath = TakesSocketPath(configuration.Program) };
    private readonly ClientListeners _listeners = new(
        configuration.Program, new TrustedProxies(configuration.Bridge.Metadata.TrustedProxies), timeProvider);
    private TlsServer? _tls;
    private CertificateAutomation? _automation;
    private volatile IPEndPoint? _address;
    private volatile Action? _readAgain;

    /// <summary>Answers requests that are no WebSocket handshakes, or returns false; null refuses them all.</summary>
    public Func<HttpContext, Task<bool>>? Pages { get; init; }

    /// <summary>Called with the first address it listens on, and whether it has TLS, once it does.</summary>
    public Action<IPEndPoint, bool>? Started { get; init; }

    /// <summary>Runs until a signal ends it, and returns the exit code.</summary>
    public async Task<int> RunAsync()
    {
        using var signals = new EndSignals();
        using var metrics = new BridgeMetrics();
        await using var app = Build(metrics);
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        var logger = loggers.CreateLogger(HostingLog.Category);
        try
        {
            await using var tls = _tls = await OpenTlsAsync(loggers);
            await using var automation = _automation = CertificateAutomation.Open(_program, tls, timeProvider, loggers);
            using var hangup = HearHangup(tls, automation);
            var descriptors = app.Services.GetService<DescriptorLedger>();
            var memory = OperatingSystem.IsLinux() ? new MemoryLedger(new LinuxMemoryMeter(), _options.Admission.Memory, logger) : null;
            await using var memoryWatch = memory is null ? null : new MemoryWatch(memory, timeProvider);
            await using var bridge = new WebSocketBridge(_options, LauncherTable.Standard(), metrics, timeProvider, loggers, descriptors, memory);
            using var drain = new Drain(
                _program.Drain, bridge.Gate, new BridgeSessions(bridge.Registry, timeProvider), timeProvider, logger);
            using var reload = new ConfigurationReload(configuration, next => Apply(next, bridge, drain, logger), logger);
            _readAgain = () => reload.Reload(configuration.Input!, isAsked: true);
            using var export = MetricExport.Start(_program.Management.Address is not null, logger);
            await using var management = await StartManagementAsync(bridge, drain, reload, export, loggers, logger);
            await using var trimmer = new MemoryTrimmer(() => bridge.Registry.Turnover, timeProvider, logger);
            using var shutdown = new ShutdownSequence(signals, drain, app.Lifetime, timeProvider);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(signals.First, app.Lifetime.ApplicationStopping);
            app.Run(context => HandleAsync(context, bridge.Endpoint));
            foreach (var warning in configuration.Warnings)
                HostingLog.ConfigurationWarning(logger, warning);
            TellLimits(logger, bridge.Gate);
            HostingLog.DataPath(logger, UsesSocketPath ? "socket" : "stream", WhyDataPath);
            bridge.Start();
            if (!await StartAsync(app, automation, ending.Token))
            {
                HostingLog.EndedBeforeStart(logger);
                return signals.ExitCode;
            }

            tls?.Watch();
            automation?.Start(signals.First, signals.Second);
            foreach (var (kind, listening) in _listeners.Bound)
                Tell(logger, kind, listening, bridge);
            var (first, address) = _listeners.Bound.First();
            _address = address;
            Started?.Invoke(address, first == ListenerKind.Tls);
            await using var file = File is { } path ? new FileWatch(path, () => reload.Reload(configuration.Input!, isAsked: false), timeProvider) : null;
            await app.WaitForShutdownAsync();
            return signals.ExitCode;
        }
        catch (TlsStartException exception)
        {
            foreach (var reason in exception.Reasons)
                HostingLog.StartFailed(logger, reason);
            return ExitCodes.StartFailed;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            HostingLog.StartFailed(logger, exception.Message);
            return ExitCodes.StartFailed;
        }
    }

    /// <summary>Lets clients in; false when it is to end before.</summary>
    private static async Task<bool> StartAsync(WebApplication app, CertificateAutomation? automation, CancellationToken ending)
    {
        try
        {
            // Before anybody can see what stands in for it. A volume that hangs holds up a thread, but not the end.
            if (automation is not null)
                await Task.Run(() => automation.ServeStoredAsync(ending), ending).WaitAsync(ending);
            ending.ThrowIfCancellationRequested();
            await app.StartAsync(CancellationToken.None); // a signal from here on has a drain with clients
            return true;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Before clients are let in, so that a probe can say that they are not yet.</summary>
    private async Task<ManagementServer?> StartManagementAsync(
        WebSocketBridge bridge, Drain drain, ConfigurationReload reload, MetricExport export, ILoggerFactory loggers, ILogger logger)
    {
        if (_program.Management.Address is not { } address)
            return null;
        var served = new ServedBridge(
            bridge, drain, () => _address, timeProvider, File is null ? null : new ConfigurationCheck(() => reload.State), _automation?.Health);
        var server = new ManagementServer(address, _program.Management, served, export, loggers);
        try
        {
            HostingLog.ManagementListening(logger, await server.StartAsync());
            return server;
        }
        catch (IOException exception)
        {
            await server.DisposeAsync();
            if (_program.Management.IsAskedFor)
                throw new IOException($"{exception.Message} (--management-address {address}; give another, or off)", exception);
            HostingLog.NoManagement(logger, address, exception.Message);
            return null;
        }
    }

    private bool UsesSocketPath => _options.SocketPath;

    private string WhyDataPath => (_program.DataPath, UsesSocketPath) switch
    {
        (DataPath.Auto, true) => "Sessions over HTTP/1.1 without TLS get it; those over TLS or HTTP/2 take the stream path.",
        (DataPath.Auto, false) => "The socket path needs Linux.",
        _ => "It was asked for (--data-path).",
    };

    private static bool TakesSocketPath(ProgramOptions program) => program.DataPath switch
    {
        DataPath.Stream => false,
        _ => SocketListenerFactory.IsSupported,
    };

    private async Task<TlsServer?> OpenTlsAsync(ILoggerFactory loggers) =>
        _program.Tls is { } settings ? await TlsServer.OpenAsync(settings, timeProvider, loggers.CreateLogger("KubeWsBridge.Tls")) : null;

    /// <summary>The configuration file that is looked at; null when there is none.</summary>
    private string? File => configuration.Input is null ? null : configuration.Values.Find(ProgramOptionTable.Config);

    /// <summary>SIGHUP has everything looked at that may have changed; without any of it, it ends the program as ever.</summary>
    private IDisposable? HearHangup(TlsServer? tls, CertificateAutomation? automation) =>
        tls is null && File is null ? null : ReloadSignal.On(() =>
        {
            if (File is not null)
                _readAgain?.Invoke();
            automation?.LookNow();
            return tls?.ReloadAsync() ?? Task.CompletedTask;
        });

    private static void TellLimits(ILogger logger, AdmissionGate gate)
    {
        var limits = gate.Options;
        if (gate.Descriptors is { } descriptors && descriptors.MostWorkers < limits.MaxProcesses)
            HostingLog.FewDescriptors(logger, descriptors.Limit, descriptors.MostWorkers, limits.MaxProcesses);
        if (limits.HasAuto && gate.Memory is { } memory)
            HostingLog.AutoLimits(logger, gate.Capacity, memory.Reading.Used >> 20, memory.Reading.Limit >> 20, memory.PerWorker >> 10);
    }

    private void Apply(LoadedConfiguration next, WebSocketBridge bridge, Drain drain, ILogger logger)
    {
        var limits = bridge.Gate.Options;
        bridge.Reconfigure(next.Bridge);
        drain.Options = next.Program.Drain;
        _listeners.Proxies = new TrustedProxies(next.Bridge.Metadata.TrustedProxies);
        _logLevel.Level = next.Program.LogLevel;
        if (bridge.Gate.Options != limits)
            TellLimits(logger, bridge.Gate);
    }

    private void Tell(ILogger logger, ListenerKind kind, IPEndPoint address, WebSocketBridge bridge)
    {
        if (kind == ListenerKind.Redirect)
            HostingLog.Redirecting(logger, address, _listeners.TlsPort);
        else if (kind == ListenerKind.Challenge)
            HostingLog.AnsweringChallenges(logger, address);
        else
            HostingLog.Listening(logger, ProgramVersion.Text, kind == ListenerKind.Tls ? "wss" : "ws", address, bridge.WorkerAddress);
    }

    private async Task HandleAsync(HttpContext context, BridgeEndpoint endpoint)
    {
        if (_automation is not null && await _automation.TryAnswerAsync(context))
            return;
        if (context.Features.Get<ChallengesOnly>() is not null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (context.Features.Get<TlsRedirect>() is { } redirect)
            redirect.Answer(context);
        else if (Pages is null || !await Pages(context))
            await endpoint.HandleAsync(context);
    }

    private WebApplication Build(BridgeMetrics metrics)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kubewsbridge" });
        builder.Services.AddSingleton(metrics);
        builder.Services.AddSingleton(timeProvider);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        LogSetup.Configure(builder.Logging, _program, _logLevel);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        if (DescriptorLedger.CurrentLimit is { } limit)
        {
            builder.Services.AddSingleton(services =>
                new DescriptorLedger(limit, services.GetRequiredService<ILoggerFactory>().CreateLogger(HostingLog.Category)));
            builder.Services.AddSingleton<IConnectionPlaces>(services => services.GetRequiredService<DescriptorLedger>());
        }

        // The later ones are asked first whether they can bind an address.
        if (DescriptorLedger.CurrentLimit is not null)
            builder.Services.AddSingleton<IConnectionListenerFactory, BoundedListenerFactory>();
        if (UsesSocketPath)
            builder.Services.AddSingleton<IConnectionListenerFactory, SocketListenerFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory, SilentListenerFactory>(); // after Kestrel's own, which gives way to any before it
        return builder.Build();
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Each character is a byte then, and HeaderText decides what the bytes mean.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        KestrelLimits.Apply(kestrel.Limits, _program);
        _listeners.Configure(kestrel, () => _tls!);
    }
}
