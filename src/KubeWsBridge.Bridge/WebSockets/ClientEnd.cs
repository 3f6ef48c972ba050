using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>How the client's side of a WebSocket ended.</summary>
/// <param name="Kind">Which of the ways.</param>
/// <param name="CloseCode">The code the client sent (1005 for none), or 1006 when it sent no close frame (RFC 6455 section 7.1.5).</param>
/// <param name="Violation">The refusal for <see cref="ClientEndKind.Violation"/>, otherwise null.</param>
/// <param name="Detail">For the log: the client's reason, or what it did wrong.</param>
internal sealed record ClientEnd(ClientEndKind Kind, int CloseCode, Refusal? Violation = null, string Detail = "")
{
    /// <summary>The connection ended without a close frame.</summary>
    public static readonly ClientEnd Gone = new(ClientEndKind.Gone, WebSockets.CloseCode.Abnormal);

    /// <summary>What a decoder's error means for the session.</summary>
    public static ClientEnd OfViolation(in DecodeResult error)
    {
        var refusal = error.CloseCode switch
        {
            WebSockets.CloseCode.MessageTooBig => Refusals.MessageTooBig,
            WebSockets.CloseCode.InvalidPayload => Refusals.InvalidPayload,
            _ => Refusals.ProtocolError,
        };
        return new ClientEnd(ClientEndKind.Violation, error.CloseCode, refusal, DecodeErrors.Describe(error.Error));
    }
}
