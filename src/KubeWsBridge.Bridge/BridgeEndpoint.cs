using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.SocketPath;
using KubeWsBridge.Bridge.Transport;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge;

/// <summary>The way of one connection, step by step: admit, describe, launch, meet, upgrade, pump, close, account.</summary>
public sealed class BridgeEndpoint
{
    private readonly BridgeOptions _options;
    private readonly RouteTable _routes;
    private readonly AdmissionGate _gate;
    private readonly SessionRegistry _registry;
    private readonly RendezvousTable _meetings;
    private readonly BackConnectionListener _listener;
    private readonly BridgeMetrics _metrics;
    private readonly SessionAccounts _accounts;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly AddressRateLimiter? _rates;
    private readonly MetadataReader _reader;
    private readonly WorkerStart _start;
    private readonly SocketLoops? _loops;
    private readonly SocketPathSettings _socketPath;
    private readonly IReadOnlyDictionary<string, string> _inherited;

    internal BridgeEndpoint(
        BridgeOptions options, RouteTable routes, IReadOnlyDictionary<string, string> inherited, AdmissionGate gate, SessionRegistry registry,
        RendezvousTable meetings, BackConnectionListener listener, SocketLoops? loops, BridgeMetrics metrics,
        SessionAccounts accounts, TimeProvider timeProvider, ILogger logger)
    {
        (_options, _routes, _inherited, _gate, _registry, _meetings) = (options, routes, inherited, gate, registry, meetings);
        (_listener, _loops, _metrics, _accounts, _timeProvider, _logger) = (listener, loops, metrics, accounts, timeProvider, logger);
        _socketPath = new SocketPathSettings(
            options.WebSockets, options.Pump.BufferSize, options.Closing.CloseTimeout, timeProvider, exception => SessionLog.Failed(logger, exception));
        _rates = options.Admission.ConnectRate > 0 ? new AddressRateLimiter(options.Admission.ConnectRate, timeProvider) : null;
        _reader = new MetadataReader(options.Metadata);
        _start = new WorkerStart(options.Launch, timeProvider, logger);
    }

    /// <summary>Serves one request; returns when the client's side is over. The worker may still be ending then (<see cref="Session.Completion"/>).</summary>
    public async Task HandleAsync(HttpContext context)
    {
        // 1. Admit.
        if (Admit(context, out var admitted) is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        // 2. Describe.
        var (route, metadata, id, permit) = admitted;
        var session = new Session(id, metadata, route.Options, _timeProvider);
        using var scope = SessionLog.Scope(_logger, id);
        var started = default(StartedWorker);
        var path = default(IDataPath);
        _registry.Add(session);
        if (_gate.Draining)
            session.RequestEnd(Refusals.Draining); // it came in before the drain, but was not there yet when the drain told all others
        try
        {
            var stream = route.Options.Upgrade == UpgradeMode.Early ? await WebSocketUpgrade.AcceptAsync(context, metadata.Subprotocol) : null;

            // 3. Launch. 4. Meet.
            started = await StartAsync(session, route, context.RequestAborted);
            if (started.Refusal is { } refusal)
            {
                if (!context.RequestAborted.IsCancellationRequested)
                    await RefuseStartAsync(context, stream, new Refused(refusal, started.Detail));
            }
            else
            {
                // 5. Upgrade.
                stream ??= await WebSocketUpgrade.AcceptAsync(context, metadata.Subprotocol);
                path = OpenPath(context, stream, started.Connection!);
                session.Upgraded(path);
                permit.ReleaseWorkerAfter(started.Worker!.Gone);
                Opened(session, started.Worker!);
            }
        }
        catch (Exception exception) when (Pumping.Pump.IsConnectionEnd(exception))
        {
            // The client has gone before it was served.
        }
        catch (Exception exception)
        {
            SessionLog.Failed(_logger, exception);
            context.Abort();
        }

        // 6. Pump. 7. Close. 8. Account.
        var served = Carry(session, permit, started, path);
        if (path is StreamDataPath)
        {
            await served;
            WatchFarewell(context);
        }
    }

    private Refused? Admit(HttpContext context, out Admitted admitted)
    {
        admitted = default;
        if (HandshakeValidator.Validate(context, out var detail) is { } malformed)
            return new Refused(malformed, detail);
        if (_routes.Match(context.Request.Path.Value ?? "/") is not { } route)
            return new Refused(Refusals.NoRoute);
        if (route.Origins.Validate(context.Request.Headers.Origin) is { } foreign)
            return new Refused(foreign);
        if (!SubprotocolChoice.TryParse(Joined(context.Request.Headers.SecWebSocketProtocol), out var offered))
            return new Refused(Refusals.BadHandshake, "Sec-WebSocket-Protocol must list different tokens.");

        var id = Guid.NewGuid();
        var metadata = _reader.Describe(context, id.ToString("D"), SubprotocolChoice.Choose(route.Options.Subprotocols, offered));
        if (_rates?.TryTake(metadata.Client.Address, out var wait) is { } tooFast)
            return new Refused(tooFast, RetryAfter: wait);
        if (!_gate.TryEnter(metadata.Client.Address, route.Options.Path, route.Options.MaxConnections, out var permit, out var full))
            return new Refused(full);
        admitted = new Admitted(route, metadata, id, permit);
        return null;
    }

    private async Task<StartedWorker> StartAsync(Session session, Route route, CancellationToken clientGone)
    {
        var environment = WorkerEnvironment.Build(session.Metadata, _listener.Address.Host, _listener.Address.Port, _inherited);
        if (WorkerEnvironment.TooLong(environment) is { } variable)
            return new StartedWorker(null, null, Refusals.HeadersTooLarge, $"{variable} is too long.");

        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(clientGone, session.Aborted);
        _ = session.EndRequested.ContinueWith(
            _ => calledOff.Cancel(), calledOff.Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        using var meeting = _meetings.Expect(session.Id);
        var started = await _start.LaunchAsync(route.Launcher, new LaunchRequest { SessionId = session.Metadata.SessionId, Environment = environment }, calledOff.Token);
        if (started.Worker is { } worker)
        {
            session.WorkerStarted(worker, _logger);
            started = await _start.MeetAsync(worker, meeting, calledOff.Token);
            if (started.Refusal == Refusals.WorkerDied)
                await session.Within(_options.Closing.TailTimeout, session.ErrorsRelayed); // so that its last words stand before ours in the log
        }

        await calledOff.CancelAsync(); // lets go of the continuation above, which would otherwise stay for as long as the session
        return started.Refusal is not null && session.EndRequested.IsCompleted
            ? started with { Refusal = await session.EndRequested, Detail = "" }
            : started;
    }

    /// <summary>A session that can have its sockets to itself goes on without the server; every other needs the server's stream.</summary>
    private IDataPath OpenPath(HttpContext context, Stream stream, Arrival worker)
    {
        if (_loops is { } loops && worker.HasDescriptor && HttpProtocol.IsHttp11(context.Request.Protocol)
            && context.Features.Get<IConnectionHandOver>()?.Take(out var unread) is { } client)
            return new SocketDataPath(new SocketPathStart(client, unread, worker.TakeDescriptor(), worker.FirstBytes, worker.IsTcp), loops.Next(), _socketPath);

        return new StreamDataPath(
            Client(context, stream), new BackConnection(worker, _options.Pump.BufferSize, _timeProvider), context.RequestAborted);
    }

    private WebSocketConnection Client(HttpContext context, Stream stream) =>
        new(stream, context.Abort, _options.WebSockets, _options.Pump.BufferSize, _timeProvider, Gauge(context));

    private void Opened(Session session, IWorker worker)
    {
        var launch = _timeProvider.GetElapsedTime(session.OpenedAt);
        var client = session.Metadata.Client;
        _metrics.Opened(worker.Launcher, launch);
        SessionLog.Opened(
            _logger, session.Metadata.Path, client.Address.ToString(), client.Port, worker.Launcher, worker.ProcessId, launch.TotalMilliseconds);
    }

    private void WatchFarewell(HttpContext context)
    {
        // A connection of HTTP/2 goes on, and judges its streams itself.
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && context.Features.Get<IConnectionLifetimeFeature>() is { } connection)
            _ = Farewell.WatchAsync(Gauge(context), connection.Abort, _options.Closing.CloseTimeout, _timeProvider);
    }

    private static DeliveryGauge Gauge(HttpContext context) => new(context.Features.Get<IConnectionSocketFeature>()?.Socket);

    /// <summary>Before the upgrade a refusal is an HTTP answer, after it a close frame.</summary>
    private async Task RefuseStartAsync(HttpContext context, Stream? upgraded, Refused refused)
    {
        if (upgraded is null)
        {
            await RefuseAsync(context, refused);
            return;
        }

        CountRefusal(context, refused);
        var client = Client(context, upgraded);
        using var deadline = new CancellationTokenSource(_options.Closing.CloseTimeout, _timeProvider);
        await client.CloseAsync(refused.Refusal.CloseCode ?? CloseCode.InternalError, refused.Refusal.Reason, deadline.Token);
        await client.AwaitCloseAsync(deadline.Token);
        await client.DetachAsync();
        WatchFarewell(context);
    }

    private Task RefuseAsync(HttpContext context, Refused refused)
    {
        CountRefusal(context, refused);

        // What went wrong inside is for the operator's log; what is wrong with the request is for the client too.
        var detail = refused.Refusal.HttpStatus < 500 ? refused.Detail : null;
        return RefusalResponse.WriteAsync(context, refused.Refusal, detail, Random.Shared.NextDouble, refused.RetryAfter);
    }

    private void CountRefusal(HttpContext context, Refused refused)
    {
        _metrics.Refused(refused.Refusal);
        var client = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        SessionLog.Refused(_logger, refused.Refusal, client, context.Request.Path.Value ?? "/", refused.Detail);
    }

    /// <summary>Serves the session to its end, of which nothing of the request is part any more; completes when the client is served.</summary>
    private Task Carry(Session session, AdmissionPermit permit, StartedWorker started, IDataPath? path)
    {
        using (ExecutionContext.SuppressFlow())
        {
            var run = path is null ? null : new SessionRun(session, path, started.Worker!, _options, _timeProvider);
            var served = run is null ? null : ServeAsync(session, run);

            // Not awaited by anybody: the worker may take longer to end than the client.
            _ = FinishAsync(session, permit, started, run, served);
            return served ?? Task.CompletedTask;
        }
    }

    private async Task<SessionEnd> ServeAsync(Session session, SessionRun run)
    {
        try
        {
            return await run.ServeAsync();
        }
        catch (Exception exception)
        {
            using var scope = SessionLog.Scope(_logger, session.Id);
            SessionLog.Failed(_logger, exception);
            run.Abort();
            return SessionEnd.Faulted;
        }
        finally
        {
            await run.DetachAsync();
        }
    }

    private async Task FinishAsync(Session session, AdmissionPermit permit, StartedWorker started, SessionRun? run, Task<SessionEnd>? served)
    {
        var end = served is null ? null : await served;
        using var scope = SessionLog.Scope(_logger, session.Id);
        permit.ReleaseSession();
        try
        {
            if (run is not null)
                await run.FinishAsync();
            started.Connection?.Dispose();
            if (started.Worker is { } worker)
            {
                worker.Signal(StopSignal.Kill);
                await worker.Exited;
                await session.Within(_options.Closing.TailTimeout, session.ErrorsRelayed);
                await worker.DisposeAsync();
            }

            await session.ErrorsRelayed;
        }
        catch (Exception exception)
        {
            SessionLog.Failed(_logger, exception);
        }
        finally
        {
            permit.Dispose();
            if (end is not null)
                Account(session, started.Worker!, end);
            _registry.Remove(session);
        }
    }

    private void Account(Session session, IWorker worker, SessionEnd end)
    {
        var traffic = session.Traffic!;
        _accounts.Close(session, end);
        var exit = worker.Exited.IsCompletedSuccessfully ? worker.Exited.Result.ToString() : "unknown status";
        SessionLog.Closed(
            _logger, end.Name, end.CloseCode, end.Detail.Length > 0 ? $" \"{end.Detail}\"" : "",
            _timeProvider.GetElapsedTime(session.OpenedAt).TotalSeconds,
            traffic.MessagesReceived, traffic.BytesReceived, traffic.MessagesSent, traffic.BytesSent, exit);
    }

    private static string? Joined(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : string.Join(',', (IEnumerable<string?>)values);

    private readonly record struct Admitted(Route Route, SessionMetadata Metadata, Guid Id, AdmissionPermit Permit);

    private readonly record struct Refused(Refusal Refusal, string? Detail = null, TimeSpan? RetryAfter = null);
}
