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
    private readonly BridgeParts _parts;
    private readonly SessionClock _clock;
    private readonly Lock _reconfiguring = new();
    private BridgeOptions _options;
    private AddressRateLimiter? _rates;
    private bool _hasEnded;
    private volatile BridgeEndpoint _endpoint;

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
        var meetings = new RendezvousTable();
        _options = options;
        _parts = new BridgeParts
        {
            Routes = new RouteTable(options.Routes, launchers, context),
            Gate = new AdmissionGate(options.Admission, descriptors, memory),
            Registry = new SessionRegistry(timeProvider),
            Meetings = meetings,
            Listener = new BackConnectionListener(options.Rendezvous, meetings, timeProvider, logger),
            Loops = options.SocketPath && OperatingSystem.IsLinux()
                ? new SocketLoops(options.Pump.BufferSize, fault => SessionLog.Failed(logger, fault))
                : null,
            Inherited = inherited,
            Metrics = metrics,
            Accounts = new SessionAccounts(metrics),
            Time = timeProvider,
            Logger = logger,
        };
        _clock = new SessionClock(Registry, _parts.Accounts, options, timeProvider);
        _rates = RateLimiter(options.Admission);
        _endpoint = new BridgeEndpoint(options, _parts, _rates);
        metrics.Observe(
            CountSessions, () => Gate.Workers, () => (Some(Gate.Options.MaxConnections), Some(Gate.Options.MaxProcesses)), () => (Gate.Capacity, Gate.Used));
        if (memory is not null)
            metrics.ObserveMemory(() => (memory.Reading.Limit, memory.Reading.Used), () => memory.PerWorker);
    }

    /// <summary>Handles requests; another one after <see cref="Reconfigure"/>.</summary>
    public BridgeEndpoint Endpoint => _endpoint;

    /// <summary>All sessions.</summary>
    public SessionRegistry Registry => _parts.Registry;

    /// <summary>The limits and what counts against them.</summary>
    public AdmissionGate Gate => _parts.Gate;

    /// <summary>How each route's launcher does; what is degraded is worth a word, but sessions are served.</summary>
    public IReadOnlyList<LauncherStatus> Launchers => _parts.Routes.Launchers;

    /// <summary>Where workers connect back to.</summary>
    public WorkerAddress WorkerAddress => _parts.Listener.Address;

    /// <summary>Begins to accept back-connections and to watch the sessions' clocks.</summary>
    public void Start()
    {
        _parts.Listener.Start();
        lock (_reconfiguring)
            _parts.Routes.Start();
        _clock.Start();
    }

    /// <summary>
    /// Has these options from now on, for sessions that are still to come; those there are keep theirs, and launchers that no route needs any more end
    /// with their last session. What was bound or allotted at the start stays as it was: the worker port, buffers, the socket path. After the bridge's end nothing happens.
    /// </summary>
    /// <exception cref="ArgumentException">A route names an unknown launcher or a malformed origin; nothing has changed then.</exception>
    public void Reconfigure(BridgeOptions options)
    {
        lock (_reconfiguring)
        {
            if (_hasEnded)
                return;
            options = options with { Pump = _options.Pump, SocketPath = _options.SocketPath };
            _parts.Routes.Replace(options.Routes);
            if (options.Admission.ConnectRate != _options.Admission.ConnectRate)
                _rates = RateLimiter(options.Admission);
            _parts.Gate.Options = options.Admission;
            _parts.Listener.Options = options.Rendezvous;
            _clock.Watch(options);
            _options = options;
            _endpoint = new BridgeEndpoint(options, _parts, _rates);
        }
    }

    /// <summary>Completes when every thread that carries sessions has come by once; one that hangs never does.</summary>
    public Task BeatAsync() => _parts.Loops?.BeatAsync() ?? Task.CompletedTask;

    /// <summary>Ends what is left at once and closes the worker port; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_reconfiguring)
            _hasEnded = true;
        Gate.Draining = true;
        await Registry.AbortAllAsync(Refusals.Draining);
        await _clock.DisposeAsync();
        await _parts.Routes.DisposeAsync();
        await _parts.Listener.DisposeAsync();
        _parts.Loops?.Dispose();
    }

    private AddressRateLimiter? RateLimiter(AdmissionOptions options) =>
        options.ConnectRate > 0 ? new AddressRateLimiter(options.ConnectRate, _parts.Time) : null;

    private static int? Some(int limit) => limit == AdmissionOptions.Auto ? null : limit;

    private IEnumerable<(string State, int Count)> CountSessions()
    {
        var counts = new int[3];
        foreach (var session in Registry.Sessions)
            counts[(int)session.State]++;
        return Enum.GetValues<SessionState>().Select(state => (state.ToString().ToLowerInvariant(), counts[(int)state]));
    }
}
