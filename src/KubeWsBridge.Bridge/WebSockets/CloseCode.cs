namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Status codes of a close frame (RFC 6455 section 7.4.1 and the IANA registry it opens).</summary>
public static class CloseCode
{
    /// <summary>The purpose of the connection is fulfilled.</summary>
    public const int Normal = 1000;

    /// <summary>The endpoint goes away: a page is left, a server shuts down.</summary>
    public const int GoingAway = 1001;

    /// <summary>The peer broke the protocol.</summary>
    public const int ProtocolError = 1002;

    /// <summary>The peer sent a type of data that is not taken here.</summary>
    public const int UnsupportedData = 1003;

    /// <summary>Stands for a close frame without a code; never on the wire.</summary>
    public const int NoStatus = 1005;

    /// <summary>Stands for an end without a close frame; never on the wire.</summary>
    public const int Abnormal = 1006;

    /// <summary>The data does not fit the message's type, as text that is not UTF-8.</summary>
    public const int InvalidPayload = 1007;

    /// <summary>A rule of the endpoint was broken and no other code fits.</summary>
    public const int PolicyViolation = 1008;

    /// <summary>The message is too big to be taken.</summary>
    public const int MessageTooBig = 1009;

    /// <summary>The server met a condition it did not expect.</summary>
    public const int InternalError = 1011;

    /// <summary>The server restarts; reconnect after a random delay.</summary>
    public const int ServiceRestart = 1012;

    /// <summary>The server is overloaded; reconnect later.</summary>
    public const int TryAgainLater = 1013;

    /// <summary>The server is a gateway and what stands behind it answered wrongly.</summary>
    public const int BadGateway = 1014;

    /// <summary>Stands for a failed TLS handshake; never on the wire.</summary>
    internal const int TlsHandshake = 1015;

    /// <summary>
    /// True for a code that may stand in a close frame: those defined (1000-1003, 1007-1014) and those open to libraries and
    /// applications (3000-4999). False for the ones that only stand for an end without a code, the reserved and the unassigned
    /// (RFC 6455 section 7.4.2).
    /// </summary>
    public static bool MayBeReceived(int code) => code is >= 1000 and <= 1003 or >= 1007 and <= 1014 or >= 3000 and <= 4999;
}
