using System.Net;
using System.Text;
using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Metadata.ProxyProtocol;
using KubeWsBridge.Bridge.Transport;
using KubeWsBridge.Cli;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Management;
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
    private readonly BridgeOptions _options = configuration.Bridge with { SocketPath = TakesSocketPath(configuration.Program) };
    private ListenOptions? _listen;
    private volatile IPEndPoint? _address;

    /// <summary>Answers requests that are no WebSocket handshakes, or returns false; null refuses them all.</summary>
    public Func<HttpContext, Task<bool>>? Pages { get; init; }

    /// <summary>Called with the address it listens on, once it does.</summary>
    public Action<IPEndPoint>? Started { get; init; }

    /// <summary>Runs until a signal ends it, and returns the exit code.</summary>
    public async Task<int> RunAsync()
    {
        using var metrics = new BridgeMetrics();
        await using var app = Build(metrics);
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        var logger = loggers.CreateLogger(HostingLog.Category);
        try
        {
            var descriptors = app.Services.GetService<DescriptorLedger>();
            await using var bridge = new WebSocketBridge(_options, LauncherTable.Standard(), metrics, timeProvider, loggers, descriptors);
            await using var management = await StartManagementAsync(bridge, loggers, logger);
            await using var trimmer = new MemoryTrimmer(() => bridge.Registry.Turnover, timeProvider, logger);
            using var shutdown = new ShutdownSequence(bridge, _program.DrainTimeout, app.Lifetime, logger);
            app.Run(context => HandleAsync(context, bridge.Endpoint));
            foreach (var warning in configuration.Warnings)
                HostingLog.ConfigurationWarning(logger, warning);
            if (descriptors?.MostWorkers < _options.Admission.MaxProcesses)
                HostingLog.FewDescriptors(logger, descriptors.Limit, descriptors.MostWorkers, _options.Admission.MaxProcesses);
            HostingLog.DataPath(logger, UsesSocketPath ? "socket" : "stream", WhyDataPath);
            bridge.Start();
            await app.StartAsync();
            _address = _listen!.IPEndPoint!; // with the real port, now that it is bound
            HostingLog.Listening(logger, ProgramVersion.Text, _address, bridge.WorkerAddress);
            Started?.Invoke(_address);
            await app.WaitForShutdownAsync();
            return shutdown.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            HostingLog.StartFailed(logger, exception.Message);
            return ExitCodes.StartFailed;
        }
    }

    /// <summary>Before clients are let in, so that a probe can say that they are not yet.</summary>
    private async Task<ManagementServer?> StartManagementAsync(WebSocketBridge bridge, ILoggerFactory loggers, ILogger logger)
    {
        if (_program.Management.Address is not { } address)
            return null;
        var server = new ManagementServer(address, _program.Management, new ServedBridge(bridge, () => _address, timeProvider), loggers);
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

    private async Task HandleAsync(HttpContext context, BridgeEndpoint endpoint)
    {
        if (Pages is null || !await Pages(context))
            await endpoint.HandleAsync(context);
    }

    private WebApplication Build(BridgeMetrics metrics)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kubewsbridge" });
        builder.Services.AddSingleton(metrics);
        builder.Services.AddSingleton(timeProvider);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        LogSetup.Configure(builder.Logging, _program);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        if (DescriptorLedger.CurrentLimit is { } limit)
        {
            builder.Services.AddSingleton(services =>
                new DescriptorLedger(limit, services.GetRequiredService<ILoggerFactory>().CreateLogger(HostingLog.Category)));
            builder.Services.AddSingleton<IConnectionPlaces>(services => services.GetRequiredService<DescriptorLedger>());
        }

        if (UsesSocketPath)
            builder.Services.AddSingleton<IConnectionListenerFactory, SocketListenerFactory>();
        else if (DescriptorLedger.CurrentLimit is not null)
            builder.Services.AddSingleton<IConnectionListenerFactory, BoundedListenerFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory, SilentListenerFactory>(); // after Kestrel's own, which gives way to any before it
        return builder.Build();
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Each character is a byte then, and HeaderText decides what the bytes mean.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        KestrelLimits.Apply(kestrel.Limits, _program);

        var http2 = new Http2PriorKnowledge(_program.HeaderTimeout, timeProvider);
        http2.Configure(kestrel);
        kestrel.Listen(Address(_program.WsHost), _program.WsPort, listen =>
        {
            _listen = listen;
            listen.Protocols = HttpProtocols.Http1;
            if (_program.ProxyProtocol)
                listen.Use(new ProxyProtocolMiddleware(
                    new TrustedProxies(_options.Metadata.TrustedProxies), _program.HeaderTimeout, timeProvider,
                    listen.ApplicationServices.GetRequiredService<ILogger<ProxyProtocolMiddleware>>()).Use);
            listen.Use(http2.Use);
        });
    }

    private static IPAddress Address(string host) => host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host);
}
