using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Demo;

/// <summary>Answers the plain HTTP requests of the demo: the page at <c>/</c>, an empty favicon, and 404 or 405 for the rest.</summary>
internal static class DemoPage
{
    /// <summary>What the page may do: its own inline style and script, and WebSockets. Nothing is loaded, framed or submitted.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src ws: wss:; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Lazy<byte[]> Page = new(() => DemoResource.Read(DemoResource.Page));

    /// <summary>Writes the answer to a request that is not a WebSocket handshake.</summary>
    public static Task WriteAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        var path = request.Path.Value;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";

        if (path is not ("/" or "/favicon.ico"))
            return WriteSentenceAsync(context, StatusCodes.Status404NotFound, "Only WebSockets are served here. The demo page is at /.\n");

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            return WriteSentenceAsync(context, StatusCodes.Status405MethodNotAllowed, "The demo page answers GET and HEAD.\n");
        }

        if (path is not "/")
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return WriteBodyAsync(context, "text/html; charset=utf-8", Page.Value);
    }

    private static Task WriteSentenceAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return WriteBodyAsync(context, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(sentence));
    }

    private static Task WriteBodyAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
