using System.Net;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Transport;
using KubeWsBridge.Hosting.Management.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Management;

/// <summary>The operator's port: probes, metrics, sessions, the drain. A server of its own, so that it answers until the very end and whatever the clients do.</summary>
internal sealed class ManagementServer : IAsyncDisposable
{
    // A request is one short line, sent at once by whoever means it.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly DescriptorLedger? _descriptors;
    private readonly int _mostConnections;
    private ListenOptions? _listen;

    /// <summary>Prepares it; it listens after <see cref="StartAsync"/>.</summary>
    /// <param name="address">Where to listen.</param>
    /// <param name="options">Who may do what.</param>
    /// <param name="served">What it tells of.</param>
    /// <param name="metrics">What it shows to Prometheus.</param>
    /// <param name="loggers">For the framework's own lines.</param>
    public ManagementServer(IPEndPoint address, ManagementOptions options, ServedBridge served, MetricExport metrics, ILoggerFactory loggers)
    {
        _descriptors = served.Bridge.Gate.Descriptors;
        _mostConnections = ManagementConnections.MostFor(_descriptors?.Limit);
        _descriptors?.Hold(_mostConnections);
        var connections = new ManagementConnections(_mostConnections);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kubewsbridge" });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        foreach (var check in Checks(served))
            builder.Services.AddHealthChecks().Add(check);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.KeepAliveTimeout = RequestTimeout;
            kestrel.Limits.RequestHeadersTimeout = RequestTimeout;
            kestrel.Listen(address, listen => (_listen = listen).Use(next => connection => connections.ServeAsync(connection, next)));
        });
        builder.Services.AddSingleton<IConnectionPlaces>(connections);
        builder.Services.AddSingleton<IConnectionListenerFactory, BoundedListenerFactory>(); // asked before Kestrel's own
        _app = builder.Build();
        _app.Use(connections.HearAsync);
        metrics.Serve(_app);
        var router = new ManagementRouter(Endpoints(_app.Services.GetRequiredService<HealthCheckService>(), served), new ManagementAccess(options));
        _app.Run(router.HandleAsync);
    }

    /// <summary>Begins to listen, and returns where.</summary>
    /// <exception cref="IOException">The address can't be bound.</exception>
    public async Task<IPEndPoint> StartAsync()
    {
        await _app.StartAsync();
        return _listen!.IPEndPoint!; // with the real port, now that it is bound
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _descriptors?.Hold(-_mostConnections);
    }

    private static IEnumerable<HealthCheckRegistration> Checks(ServedBridge served) =>
    [
        new(LoopCheck.Name, new LoopCheck(served.Bridge, served.TimeProvider), HealthStatus.Unhealthy, [ProbeTags.Live]),
        new(ListenerCheck.Name, new ListenerCheck(served.Address), HealthStatus.Unhealthy, [ProbeTags.Startup, ProbeTags.Ready]),
        new(DrainCheck.Name, new DrainCheck(served.Drain), HealthStatus.Unhealthy, [ProbeTags.Ready]),
        new(LauncherCheck.Name, new LauncherCheck(() => served.Bridge.Launchers), HealthStatus.Unhealthy, [ProbeTags.Ready]),
        new(CapacityCheck.Name, new CapacityCheck(served.Bridge.Gate), HealthStatus.Unhealthy, [ProbeTags.Ready]),
        .. Optional(ConfigurationCheck.Name, served.Configuration),
        .. Optional(CertificateCheck.Name, served.Certificate),
    ];

    private static HealthCheckRegistration[] Optional(string name, IHealthCheck? check) =>
        check is null ? [] : [new(name, check, HealthStatus.Unhealthy, [ProbeTags.Ready])];

    private static ManagementEndpoint[] Endpoints(HealthCheckService checks, ServedBridge served)
    {
        var sessions = new SessionsEndpoint(served.Bridge.Registry, served.TimeProvider);
        var drain = new DrainEndpoint(served.Drain);
        return
        [
            new(HttpMethods.Get, "/livez", IsPublic: true, new HealthEndpoint(checks, ProbeTags.Live).HandleAsync),
            new(HttpMethods.Get, "/readyz", IsPublic: true, new HealthEndpoint(checks, ProbeTags.Ready).HandleAsync),
            new(HttpMethods.Get, "/startupz", IsPublic: true, new HealthEndpoint(checks, ProbeTags.Startup).HandleAsync),
            new(HttpMethods.Get, "/sessions", IsPublic: false, sessions.ListAsync),
            new(HttpMethods.Delete, SessionsEndpoint.PathOfOne, IsPublic: false, sessions.EndAsync),
            new(HttpMethods.Get, DrainEndpoint.Path, IsPublic: false, drain.ShowAsync),
            new(HttpMethods.Post, DrainEndpoint.Path, IsPublic: false, drain.StartAsync),
            new(HttpMethods.Delete, DrainEndpoint.Path, IsPublic: false, drain.CancelAsync),
        ];
    }
}
