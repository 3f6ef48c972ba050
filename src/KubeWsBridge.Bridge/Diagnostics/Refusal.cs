namespace KubeWsBridge.Bridge.Diagnostics;

/// <summary>One named way in which the bridge turns a connection away or ends it.</summary>
/// <param name="Name">The name in logs, metrics and documentation: lower case, words joined by hyphens.</param>
/// <param name="HttpStatus">The answer while the connection is still HTTP; null when the refusal can only come after the upgrade.</param>
/// <param name="CloseCode">The WebSocket close code once upgraded (RFC 6455 section 7.4); null when the refusal can only come before.</param>
/// <param name="Reason">What the client is told: the response body or the close reason, at most 123 bytes of UTF-8.</param>
/// <param name="Retry">What the client should do next.</param>
/// <param name="EventId">The id of the log event, in the 1000s (see <see cref="EventRanges"/>).</param>
/// <param name="Advice">What the operator can change, for the log and the documentation.</param>
public sealed record Refusal(
    string Name, int? HttpStatus, int? CloseCode, string Reason, RetryAdvice Retry, int EventId, string Advice);
