using static KubeWsBridge.Bridge.Diagnostics.RetryAdvice;

namespace KubeWsBridge.Bridge.Diagnostics;

/// <summary>The one table of refusals; docs/refusals.md is generated from it.</summary>
public static class Refusals
{
    private const int Base = EventRanges.Refusals;

    /// <summary>The request does not ask for a WebSocket (RFC 6455 section 4.2.1).</summary>
    public static readonly Refusal NotWebSocket = new("not-websocket", 426, null,
        "This is a WebSocket endpoint; connect with a WebSocket client.", Never, Base + 1,
        "If a proxy stands in front, make it pass the Upgrade and Connection headers over HTTP/1.1.");

    /// <summary>The handshake breaks RFC 6455 section 4.2.1.</summary>
    public static readonly Refusal BadHandshake = new("bad-handshake", 400, null,
        "The WebSocket handshake is malformed.", Never, Base + 2,
        "The log line says which header is wrong.");

    /// <summary>Sec-WebSocket-Version is not 13 (RFC 6455 section 4.4).</summary>
    public static readonly Refusal UnsupportedVersion = new("unsupported-version", 426, null,
        "Only WebSocket version 13 is spoken here.", Never, Base + 3,
        "The client is older than RFC 6455.");

    /// <summary>No route matches the path.</summary>
    public static readonly Refusal NoRoute = new("no-route", 404, null,
        "No WebSocket is served at this path.", Never, Base + 4,
        "Add the path to routes, or a route with path /*.");

    /// <summary>The Origin header is not in the allow-list.</summary>
    public static readonly Refusal OriginNotAllowed = new("origin-not-allowed", 403, null,
        "Pages of this origin may not connect here.", Never, Base + 5,
        "Add the origin to --origin, or leave the list empty to allow all.");

    /// <summary>The bridge is draining.</summary>
    public static readonly Refusal Draining = new("draining", 503, 1001,
        "The server is going away; reconnect.", Soon, Base + 6,
        "This instance is shutting down; others should be taking over. The close reason ends with retry=MILLISECONDS (docs/drain.md).");

    /// <summary>--max-connections is reached.</summary>
    public static readonly Refusal ConnectionLimit = new("connection-limit", 503, null,
        "The server is full; try again soon.", Soon, Base + 7,
        "Raise --max-connections or add replicas.");

    /// <summary>--max-processes is reached.</summary>
    public static readonly Refusal WorkerLimit = new("worker-limit", 503, null,
        "All workers are busy; try again soon.", Soon, Base + 8,
        "Raise --max-processes or add replicas.");

    /// <summary>--max-connections-per-address is reached.</summary>
    public static readonly Refusal AddressLimit = new("address-limit", 429, null,
        "Too many connections from your address.", Soon, Base + 9,
        "Raise --max-connections-per-address; behind a proxy, name it in --trusted-proxy.");

    /// <summary>--connect-rate is exceeded.</summary>
    public static readonly Refusal AddressRate = new("address-rate", 429, null,
        "Too many connection attempts from your address.", Soon, Base + 10,
        "Raise --connect-rate; behind a proxy, name it in --trusted-proxy.");

    /// <summary>A variable for the worker would be longer than Linux lets an environment string be.</summary>
    public static readonly Refusal HeadersTooLarge = new("headers-too-large", 431, null,
        "The request headers are too large.", Never, Base + 11,
        "An environment string ends at 131,071 bytes on Linux; make the client send less.");

    /// <summary>The worker could not be started.</summary>
    public static readonly Refusal LaunchFailed = new("launch-failed", 502, 1011,
        "The worker could not be started.", Soon, Base + 12,
        "The log line before says why: check --php-executable, --script and the machine's process limits.");

    /// <summary>The worker ended before it connected back.</summary>
    public static readonly Refusal WorkerDied = new("worker-died", 502, 1011,
        "The worker ended before it connected back.", Soon, Base + 13,
        "Look at the worker's stderr lines in the log; the script must connect to WSS_TCP_HOST:WSS_TCP_PORT.");

    /// <summary>--php-connect-timeout passed without a back-connection.</summary>
    public static readonly Refusal ConnectTimeout = new("connect-timeout", 504, 1011,
        "The worker did not connect back in time.", Soon, Base + 14,
        "The script must connect to WSS_TCP_HOST:WSS_TCP_PORT and send WSS_CONNECTION_ID and a newline; or raise --php-connect-timeout.");

    /// <summary>The worker refused the client; the status and what the client is told are the worker's (<see cref="ByWorker"/>).</summary>
    public static readonly Refusal RejectedByWorker = new("rejected-by-worker", 403, 1008,
        "The request was refused.", Never, Base + 15,
        "The script refuses this client with \"reject\"; status and reason are its own.");

    /// <summary>The worker's hello line holds something else than its id and words that are known.</summary>
    public static readonly Refusal BadHello = new("bad-hello", 502, 1011,
        "The worker answered wrongly.", Never, Base + 16,
        "The first line of the worker's connection must be WSS_CONNECTION_ID, or that and what docs/messages.md allows behind it.");

    /// <summary>Memory has no room for another worker, where a limit is <c>auto</c>.</summary>
    public static readonly Refusal MemoryLimit = new("memory-limit", 503, null,
        "The server is full; try again soon.", Soon, Base + 17,
        "Raise the container's memory limit or add replicas; --memory-reserve and --worker-memory say how careful auto is.");

    /// <summary>The client broke RFC 6455's framing rules.</summary>
    public static readonly Refusal ProtocolError = new("protocol-error", null, 1002,
        "Protocol error.", Never, Base + 20, "The client breaks RFC 6455; the log line says where.");

    /// <summary>A text message or close reason was not UTF-8 (RFC 6455 section 8.1).</summary>
    public static readonly Refusal InvalidPayload = new("invalid-payload", null, 1007,
        "Text must be valid UTF-8.", Never, Base + 21, "The client sends text frames that are not UTF-8.");

    /// <summary>A message exceeds --max-payload-size.</summary>
    public static readonly Refusal MessageTooBig = new("message-too-big", null, 1009,
        "The message is too big.", Never, Base + 22, "Raise --max-payload-size or send smaller messages.");

    /// <summary>Nothing was heard from the client for two heartbeat intervals.</summary>
    public static readonly Refusal HeartbeatTimeout = new("heartbeat-timeout", null, 1001,
        "No answer to heartbeats.", Now, Base + 23, "The client or the network between is gone; see --heartbeat-interval.");

    /// <summary>--connection-timeout is over.</summary>
    public static readonly Refusal ConnectionTimeout = new("connection-timeout", 504, 1001,
        "The connection's time is over; reconnect.", Now, Base + 24, "Raise --connection-timeout, or 0 for no limit.");

    /// <summary>--php-timeout is over.</summary>
    public static readonly Refusal WorkerTimeout = new("worker-timeout", 504, 1011,
        "The worker's time is over.", Now, Base + 25, "Raise --php-timeout, or 0 for no limit.");

    /// <summary>The worker failed after the meeting: exit status other than 0, a signal, or a broken back-connection.</summary>
    public static readonly Refusal WorkerFailed = new("worker-failed", null, 1011,
        "The worker failed.", Now, Base + 26, "Look at the worker's stderr lines and exit status in the log.");

    /// <summary>The worker broke the rules of the messages framing.</summary>
    public static readonly Refusal FramingError = new("framing-error", null, 1011,
        "The worker failed.", Now, Base + 27, "The script breaks the messages framing (docs/messages.md); the log line says where and how.");

    /// <summary>Somebody ended the session at the management port.</summary>
    public static readonly Refusal EndedByOperator = new("ended-by-operator", 503, 1001,
        "The server ended this connection; reconnect.", Now, Base + 30, "Somebody sent DELETE /sessions/ID to the management port.");

    /// <summary>Every row, in the order of the event ids.</summary>
    public static IReadOnlyList<Refusal> All { get; } =
    [
        NotWebSocket, BadHandshake, UnsupportedVersion, NoRoute, OriginNotAllowed, Draining, ConnectionLimit, WorkerLimit,
        AddressLimit, AddressRate, HeadersTooLarge, LaunchFailed, WorkerDied, ConnectTimeout, RejectedByWorker, BadHello, MemoryLimit,
        ProtocolError, InvalidPayload, MessageTooBig, HeartbeatTimeout, ConnectionTimeout, WorkerTimeout, WorkerFailed, FramingError, EndedByOperator,
    ];

    /// <summary>A worker's own refusal, with its own words.</summary>
    /// <param name="status">The HTTP status, 400 to 599; with 429 and 503 the client is told to come again.</param>
    /// <param name="reason">What the client is told; empty for the table's words.</param>
    internal static Refusal ByWorker(int status, string reason) => RejectedByWorker with
    {
        HttpStatus = status,
        Reason = reason.Length > 0 ? reason : RejectedByWorker.Reason,
        Retry = status is 429 or 503 ? Soon : Never,
    };
}
