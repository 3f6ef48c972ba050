using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>Tells a WebSocket handshake from everything else: RFC 6455 section 4.2.1, over HTTP/2 RFC 8441 section 5.</summary>
public static class HandshakeValidator
{
    /// <summary>The one version there is (RFC 6455 section 4.1, item 9).</summary>
    public const string Version = "13";

    /// <summary>Returns null for a good handshake, else the refusal and, for the log and the client, what is wrong with which header.</summary>
    public static Refusal? Validate(HttpContext context, out string? detail)
    {
        ArgumentNullException.ThrowIfNull(context);
        // HTTP/3 (RFC 9220) asks the same way as HTTP/2.
        return HttpProtocol.IsHttp2(context.Request.Protocol) || HttpProtocol.IsHttp3(context.Request.Protocol)
            ? ValidateExtendedConnect(context, out detail)
            : ValidateUpgrade(context, out detail);
    }

    private static Refusal? ValidateUpgrade(HttpContext context, out string? detail)
    {
        var request = context.Request;
        var headers = request.Headers;

        // First whether a WebSocket is asked for at all: a misled browser or probe is told so, whatever else is odd about its request.
        if (!HeaderTokens.Contains(headers.Upgrade, "websocket"))
            return Refuse(Refusals.NotWebSocket, "The Upgrade header does not name websocket.", out detail);
        if (!HeaderTokens.Contains(headers.Connection, HeaderNames.Upgrade))
            return Refuse(Refusals.NotWebSocket, "The Connection header does not name upgrade.", out detail);

        // RFC 9110 section 7.8 forbids upgrades of HTTP/1.0, Kestrel accepts them.
        if (!HttpProtocol.IsHttp11(request.Protocol))
            return Refuse(Refusals.BadHandshake, "The handshake needs HTTP/1.1.", out detail);
        if (request.Method != HttpMethods.Get) // RFC 9110 section 9.1: methods are case-sensitive, HttpMethods.IsGet is not.
            return Refuse(Refusals.BadHandshake, "The handshake's method must be GET.", out detail);
        if (!IsSupportedVersion(headers))
            return Refuse(Refusals.UnsupportedVersion, "Sec-WebSocket-Version must be 13.", out detail);
        if (headers.SecWebSocketKey is not [{ } key])
            return Refuse(Refusals.BadHandshake, "Sec-WebSocket-Key must be there exactly once.", out detail);
        if (!HandshakeKey.IsValid(key))
            return Refuse(Refusals.BadHandshake, "Sec-WebSocket-Key must be 16 bytes in base64.", out detail);
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
            return Refuse(Refusals.NotWebSocket, "This connection cannot be upgraded.", out detail);

        detail = null;
        return null;
    }

    private static Refusal? ValidateExtendedConnect(HttpContext context, out string? detail)
    {
        // No key and no accept here: HTTP/2 itself proves that both ends mean it (RFC 8441 section 5).
        if (context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true } connect)
            return Refuse(Refusals.NotWebSocket, "Over HTTP/2 a WebSocket is asked for by CONNECT with :protocol.", out detail);
        if (!string.Equals(connect.Protocol, "websocket", StringComparison.OrdinalIgnoreCase))
            return Refuse(Refusals.NotWebSocket, "The :protocol is not websocket.", out detail);
        if (!IsSupportedVersion(context.Request.Headers))
            return Refuse(Refusals.UnsupportedVersion, "Sec-WebSocket-Version must be 13.", out detail);

        detail = null;
        return null;
    }

    // Without the header the client speaks a draft from before versions were counted, so that it is an unsupported version as well.
    private static bool IsSupportedVersion(IHeaderDictionary headers) => headers.SecWebSocketVersion is [Version];

    private static Refusal Refuse(Refusal refusal, string why, out string? detail)
    {
        detail = why;
        return refusal;
    }
}
