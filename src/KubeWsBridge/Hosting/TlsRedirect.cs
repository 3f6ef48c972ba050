using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Hosting;

/// <summary>Answers every request of a listener without TLS with the same address under TLS.</summary>
/// <param name="port">The port there.</param>
internal sealed class TlsRedirect(int port)
{
    private const int StandardPort = 443;

    /// <summary>Answers with 308, which keeps the method; handshakes are sent to wss, since some clients follow nothing else. Browsers follow neither.</summary>
    public void Answer(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!request.Host.HasValue)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var scheme = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } ? "wss" : "https";
        var host = request.Host.Host;
        var authority = port == StandardPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        response.StatusCode = StatusCodes.Status308PermanentRedirect;
        response.Headers.Location = $"{scheme}://{authority}{Target(context)}";
        response.Headers.Connection = "close";
    }

    // As the client wrote it; a target that is no path (OPTIONS *) has none there.
    private static string Target(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target ? target : "/";
}
