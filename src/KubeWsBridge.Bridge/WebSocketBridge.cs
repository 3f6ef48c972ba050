using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Admission.Memory;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.SocketPath;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge;

/// <summary>The bridge as a whole: what all sessions share, from its start to its end.</summary>
public sealed class WebSocketBridge : IAsyncDisposable
{
    private readonly BackConnectionListener _listener;
    private readonly SessionClock _clock;
    private readonly SocketLoops? _loops;
    private readonly RouteTable _routes;

    /// <summary>Binds the worker port; sessions can begin after <see cref="Start"/>. Without its ledger, nobody counts descriptors or memory.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The worker port cannot be bound.</exception>
    /// <exception cref="IOException">The unix socket for workers cannot be bound.</exception>
    /// <exception cref="ArgumentException">A route names an unknown launcher or a malformed origin.</exception>
    public WebSocketBridge(
        BridgeOptions options, LauncherTable launchers, BridgeMetrics metrics, TimeProvider timeProvider, ILoggerFactory loggers,
        DescriptorLedger? descriptors = null, MemoryLedger? memory = null)
    {
        var logger = loggers.CreateLogger("KubeWsBridge");
        var inherited = WorkerEnvironment.Inherited();
        var context = new LauncherContext
        {
            Processes = ProcessStarter.Create(loggers.CreateLogger("KubeWsBridge.Launching")),
            Environment = inherited,
            Logger = loggers.CreateLogger("KubeWsBridge.Launching"),
            Time = timeProvider,
            HoldDescriptors = count => descriptors?.Hold(count),
        };
        _routes = new RouteTable(options.Routes, launchers, context);
        var meetings = new RendezvousTable();
        Registry = new SessionRegistry(timeProvider);
        Gate = new AdmissionGate(options.Admission, descriptors, memory);
        _listener = new BackConnectionListener(options.Rendezvous, meetings, timeProvider, logger);
        _loops = options.SocketPath && OperatingSystem.IsLinux() ? new SocketLoops(options.Pump.BufferSize, fault => SessionLog.Failed(logger, fault)) : null;
        var accounts = new SessionAccounts(metrics);
        _clock = new SessionClock(Registry, accounts, options, timeProvider);
        Endpoint = new BridgeEndpoint(
            options, _routes, inherited, Gate, Registry, meetings, _listener, _loops, metrics, accounts, timeProvider, logger);
        metrics.Observe(
            CountSessions, () => Gate.Workers, () => (Some(Gate.Options.MaxConnections), Some(Gate.Options.MaxProcesses)), () => (Gate.Capacity, Gate.Used));
        if (memory is not null)
            metrics.ObserveMemory(() => (memory.Reading.Limit, memory.Reading.Used), () => memory.PerWorker);
    }

    /// <summary>Handles requests.</summary>
    public BridgeEndpoint Endpoint { get; }

    /// <summary>All sessions.</summary>
    public SessionRegistry Registry { get; }

    /// <summary>The limits and what counts against them.</summary>
    public AdmissionGate Gate { get; }

    /// <summary>How each route's launcher does; what is degraded is worth a word, but sessions are served.</summary>
    public IReadOnlyList<LauncherStatus> Launchers => _routes.Launchers;

    /// <summary>Where workers connect back to.</summary>
    public WorkerAddress WorkerAddress => _listener.Address;

    /// <summary>Begins to accept back-connections and to watch the sessions' clocks.</summary>
    public void Start()
    {
        _listener.Start();
        _routes.Start();
        _clock.Start();
    }

    /// <summary>Completes when every thread that carries sessions has come by once; one that hangs never does.</summary>
    public Task BeatAsync() => _loops?.BeatAsync() ?? Task.CompletedTask;

    /// <summary>Ends what is left at once and closes the worker port; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        Gate.Draining = true;
        await Registry.AbortAllAsync(Refusals.Draining);
        await _clock.DisposeAsync();
        await _routes.DisposeAsync();
        await _listener.DisposeAsync();
        _loops?.Dispose();
    }

    private static int? Some(int limit) => limit == AdmissionOptions.Auto ? null : limit;

    private IEnumerable<(string State, int Count)> CountSessions()
    {
        var counts = new int[3];
        foreach (var session in Registry.Sessions)
            counts[(int)session.State]++;
        return Enum.GetValues<SessionState>().Select(state => (state.ToString().ToLowerInvariant(), counts[(int)state]));
    }
}
