using System.Globalization;
using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>Turns a refusal into the HTTP answer that clients and load balancers understand.</summary>
public static class RefusalResponse
{
    private const double DefaultSpread = 10;

    /// <summary>Writes status, headers and the reason as plain text; the response must not have started.</summary>
    /// <param name="context">The request refused.</param>
    /// <param name="refusal">A refusal with an <see cref="Refusal.HttpStatus"/>.</param>
    /// <param name="detail">A second line for the client, or null; never text from the request.</param>
    /// <param name="jitter">Gives numbers from 0 up to, not including, 1, so that refused clients do not come back all at once.</param>
    /// <param name="retryAfter">When room is known to come; null lets them come back within 1 to 10 seconds.</param>
    /// <exception cref="ArgumentException">The refusal has no HTTP status.</exception>
    public static Task WriteAsync(HttpContext context, Refusal refusal, string? detail, Func<double> jitter, TimeSpan? retryAfter = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(jitter);
        if (refusal.HttpStatus is not { } status)
            throw new ArgumentException($"'{refusal.Name}' can only come after the upgrade.", nameof(refusal));

        var headers = context.Response.Headers;
        context.Response.StatusCode = status;
        headers.ContentType = "text/plain; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        if (status == StatusCodes.Status426UpgradeRequired)
            headers.SecWebSocketVersion = HandshakeValidator.Version; // RFC 6455 section 4.4
        if (refusal.Retry == RetryAdvice.Soon)
            headers.RetryAfter = Seconds(jitter(), retryAfter).ToString(CultureInfo.InvariantCulture);
        SetConnectionHeaders(context, status);

        // Not the request's token: who hangs up now is told nothing, but nothing is thrown either.
        return context.Response.WriteAsync(detail is null ? $"{refusal.Reason}\n" : $"{refusal.Reason}\n{detail}\n", CancellationToken.None);
    }

    // HTTP/2 has neither of these headers (RFC 9113 section 8.2.2).
    private static void SetConnectionHeaders(HttpContext context, int status)
    {
        if (!HttpProtocol.IsHttp11(context.Request.Protocol) && !HttpProtocol.IsHttp10(context.Request.Protocol))
            return;
        var headers = context.Response.Headers;
        if (status == StatusCodes.Status426UpgradeRequired)
        {
            // RFC 9110 section 15.5.22: a 426 names the protocol; section 7.8: with the connection option.
            headers.Upgrade = "websocket";
            headers.Connection = "Upgrade, close";
        }
        else
            headers.Connection = "close";
    }

    // A known wait is a lower bound, up to doubled; an unknown one is anything from 1 to 10 seconds.
    private static long Seconds(double jitter, TimeSpan? retryAfter) =>
        retryAfter is { } wait
            ? Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds * (1 + jitter)))
            : 1 + (long)(jitter * DefaultSpread);
}
