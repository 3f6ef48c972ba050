using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Answers the opening handshake with yes.</summary>
internal static class WebSocketUpgrade
{
    /// <summary>
    /// Sends the 101 of HTTP/1.1 (RFC 6455 section 4.2.2) or the 200 of HTTP/2 (RFC 8441 section 5) and gives the raw stream behind it.
    /// </summary>
    /// <param name="context">An admitted handshake.</param>
    /// <param name="subprotocol">The chosen one, or null.</param>
    public static async Task<Stream> AcceptAsync(HttpContext context, string? subprotocol)
    {
        var headers = context.Response.Headers;
        if (subprotocol is not null)
            headers.SecWebSocketProtocol = subprotocol;

        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
            return await connect.AcceptAsync();

        headers.Connection = HeaderNames.Upgrade;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = HandshakeKey.Accept(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }
}
