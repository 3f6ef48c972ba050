using System.Globalization;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Framing;
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

/// <summary>
/// The way of one connection, step by step: admit, describe, launch, meet, upgrade, pump, close, account. A session goes all of it by the options
/// it came in by; a new configuration has a new endpoint.
/// </summary>
public sealed class BridgeEndpoint
{
    private readonly BridgeOptions _options;
    private readonly BridgeParts _parts;
    private readonly AddressRateLimiter? _rates;
    private readonly MetadataReader _reader;
    private readonly WorkerStart _start;
    private readonly SocketPathSettings _socketPath;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    internal BridgeEndpoint(BridgeOptions options, BridgeParts parts, AddressRateLimiter? rates)
    {
        (_options, _parts, _rates, _timeProvider, _logger) = (options, parts, rates, parts.Time, parts.Logger);
        var logger = _logger;
        _socketPath = new SocketPathSettings(
            options.WebSockets, options.Pump.BufferSize, options.Closing.CloseTimeout, _timeProvider, exception => SessionLog.Failed(logger, exception));
        _reader = new MetadataReader(options.Metadata);
        _start = new WorkerStart(options.Launch, _timeProvider, logger);
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
        var session = new Session(id, metadata, route.Options, _timeProvider)
        {
            ConnectionTimeout = _options.ConnectionTimeout,
            WorkerTimeout = _options.WorkerTimeout,
        };
        using var scope = SessionLog.Scope(_logger, id);
        var started = default(StartedWorker);
        var path = default(IDataPath);
        _parts.Registry.Add(session);
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
                var subprotocol = started.Connection!.Hello.Subprotocol ?? metadata.Subprotocol;
                stream ??= await WebSocketUpgrade.AcceptAsync(context, subprotocol);
                path = OpenPath(context, stream, started.Connection, route.Options.Framing);
                session.Upgraded(path, subprotocol);
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
        var served = Carry(session, route, permit, started, path);
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
        if (_parts.Routes.Enter(context.Request.Path.Value ?? "/") is not { } route)
            return new Refused(Refusals.NoRoute);
        try
        {
            return Admit(context, route, out admitted);
        }
        finally
        {
            if (admitted.Route is null)
                route.Held.LetGo();
        }
    }

    private Refused? Admit(HttpContext context, Route route, out Admitted admitted)
    {
        admitted = default;
        if (route.Origins.Validate(context.Request.Headers.Origin) is { } foreign)
            return new Refused(foreign);
        if (!SubprotocolChoice.TryParse(Joined(context.Request.Headers.SecWebSocketProtocol), out var offered))
            return new Refused(Refusals.BadHandshake, "Sec-WebSocket-Protocol must list different tokens.");

        var id = Guid.NewGuid();
        var metadata = _reader.Describe(context, id.ToString("D"), SubprotocolChoice.Choose(route.Options.Subprotocols, offered));
        if (_rates?.TryTake(metadata.Client.Address, out var wait) is { } tooFast)
            return new Refused(tooFast, RetryAfter: wait);
        if (!_parts.Gate.TryEnter(metadata.Client.Address, route.Options.Path, route.Options.MaxConnections, out var permit, out var full))
            return new Refused(full);
        admitted = new Admitted(route, metadata, id, permit);
        return null;
    }

    private async Task<StartedWorker> StartAsync(Session session, Route route, CancellationToken clientGone)
    {
        var environment = WorkerEnvironment.Build(session.Metadata, _parts.Listener.Address.Host, _parts.Listener.Address.Port, route.Options.Framing, _parts.Inherited);
        if (WorkerEnvironment.TooLong(environment) is { } variable)
            return new StartedWorker(null, null, Refusals.HeadersTooLarge, $"{variable} is too long.");

        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(clientGone, session.Aborted);
        _ = session.EndRequested.ContinueWith(
            _ => calledOff.Cancel(), calledOff.Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        using var meeting = _parts.Meetings.Expect(session.Id);
        var started = await _start.LaunchAsync(route.Launcher, Request(session, environment), calledOff.Token);
        if (started.Worker is { } worker)
        {
            session.WorkerStarted(worker, _logger);
            started = await _start.MeetAsync(worker, meeting, calledOff.Token);
            if (started.Connection is { } arrival && WrongSubprotocol(session, arrival.Hello.Subprotocol) is { } fault)
            {
                arrival.Dispose();
                started = new StartedWorker(worker, null, Refusals.BadHello, fault);
            }

            if (started.Refusal == Refusals.WorkerDied)
                await session.Within(_options.Closing.TailTimeout, session.ErrorsRelayed); // so that its last words stand before ours in the log
        }

        await calledOff.CancelAsync(); // lets go of the continuation above, which would otherwise stay for as long as the session
        return started.Refusal is not null && session.EndRequested.IsCompleted
            ? started with { Refusal = await session.EndRequested, Detail = "" }
            : started;
    }

    /// <summary>Why the client can't be told of the worker's choice, or null when it can.</summary>
    private static string? WrongSubprotocol(Session session, string? chosen)
    {
        if (chosen is null)
            return null;
        var header = session.Metadata.Header("sec-websocket-protocol");
        var agreed = session.Metadata.Subprotocol;
        return !SubprotocolChoice.TryParse(header, out var offered) || !offered.Contains(chosen)
                ? $"The hello line chooses the subprotocol {chosen}, but the client offers {header ?? "none"}."
            : session.Route.Upgrade == UpgradeMode.Early && chosen != agreed
                ? $"The hello line chooses the subprotocol {chosen}, but with --upgrade early the client has been told {agreed ?? "none"} already."
            : null;
    }

    private static LaunchRequest Request(Session session, IReadOnlyDictionary<string, string> environment) => new()
    {
        SessionId = session.Metadata.SessionId,
        Environment = environment,
        Headers = session.Metadata.Headers,
        Secure = session.Metadata.Secure,
    };

    /// <summary>A session that can have its sockets to itself goes on without the server; every other needs the server's stream.</summary>
    private IDataPath OpenPath(HttpContext context, Stream stream, Arrival worker, WorkerFraming routes)
    {
        var framing = worker.Hello.Framing ?? routes;
        if (_parts.Loops is { } loops && worker.HasDescriptor && HttpProtocol.IsHttp11(context.Request.Protocol) && !context.Request.IsHttps
            && context.Features.Get<IConnectionHandOver>()?.Take(out var unread) is { } client)
        {
            var start = new SocketPathStart(
                client, unread, worker.TakeDescriptor(), worker.FirstBytes, worker.IsTcp, framing, worker.Hello.WantsPings);
            return new SocketDataPath(start, loops.Next(), _socketPath);
        }

        return framing == WorkerFraming.Messages
            ? new StreamDataPath(
                Client(context, stream, new MessageTurns()), new FramedBackConnection(worker, _options.Pump.BufferSize, _timeProvider), context.RequestAborted)
            : new StreamDataPath(
                Client(context, stream), new BackConnection(worker, _options.Pump.BufferSize, _timeProvider), context.RequestAborted);
    }

    private WebSocketConnection Client(HttpContext context, Stream stream, MessageTurns? turns = null) =>
        new(stream, context.Abort, _options.WebSockets, _options.Pump.BufferSize, _timeProvider, Gauge(context), turns);

    private void Opened(Session session, IWorker worker)
    {
        var launch = _timeProvider.GetElapsedTime(session.OpenedAt);
        var client = session.Metadata.Client;
        _parts.Metrics.Opened(worker.Launcher, launch);
        SessionLog.Opened(
            _logger, session.Metadata.Path, client.Address.ToString(), client.Port, worker.Launcher,
            worker.ProcessId?.ToString(CultureInfo.InvariantCulture) ?? "elsewhere", launch.TotalMilliseconds);
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

        // What went wrong inside is for the operator's log, and what a worker answers is said already; what is wrong with the request is for the client too.
        var detail = refused.Refusal.HttpStatus < 500 && refused.Refusal.EventId != Refusals.RejectedByWorker.EventId ? refused.Detail : null;
        return RefusalResponse.WriteAsync(context, refused.Refusal, detail, Random.Shared.NextDouble, refused.RetryAfter);
    }

    private void CountRefusal(HttpContext context, Refused refused)
    {
        _parts.Metrics.Refused(refused.Refusal);
        var client = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        SessionLog.Refused(_logger, refused.Refusal, client, context.Request.Path.Value ?? "/", refused.Detail);
    }

    /// <summary>Serves the session to its end, of which nothing of the request is part any more; completes when the client is served.</summary>
    private Task Carry(Session session, Route route, AdmissionPermit permit, StartedWorker started, IDataPath? path)
    {
        using (ExecutionContext.SuppressFlow())
        {
            var run = path is null ? null : new SessionRun(session, path, started.Worker!, _options, _timeProvider);
            var served = run is null ? null : ServeAsync(session, run);

            // Not awaited by anybody: the worker may take longer to end than the client.
            _ = FinishAsync(session, route, permit, started, run, served);
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

    private async Task FinishAsync(
        Session session, Route route, AdmissionPermit permit, StartedWorker started, SessionRun? run, Task<SessionEnd>? served)
    {
        // Off the caller's thread, where nothing flows: if the session is over by now, the scope below would be lost at the first wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
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
                if (started.Refusal?.EventId == Refusals.RejectedByWorker.EventId)
                    await WorkerStop.StopAsync(worker, _options.Closing, _timeProvider, session.Aborted); // it did its work, and may have some left
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
            route.Held.LetGoAfter(started.Worker?.Gone ?? Task.CompletedTask);
            if (end is not null)
                Account(session, started.Worker!, end);
            _parts.Registry.Remove(session);
        }
    }

    private void Account(Session session, IWorker worker, SessionEnd end)
    {
        if (end.Name == Refusals.FramingError.Name)
        {
            SessionLog.FramingBroken(_logger, end.Detail);
            end = end with { Detail = "" };
        }

        var traffic = session.Traffic!;
        _parts.Accounts.Close(session, end);
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
