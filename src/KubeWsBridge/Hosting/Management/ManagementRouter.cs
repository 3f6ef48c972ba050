using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Hosting.Management;

/// <summary>Brings a request to its endpoint, if the caller may.</summary>
internal sealed class ManagementRouter(IReadOnlyList<ManagementEndpoint> endpoints, ManagementAccess access)
{
    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        var matching = endpoints.Where(endpoint => endpoint.Matches(context.Request.Path.Value ?? "/")).ToArray();
        if (matching.Length == 0)
            return ManagementAnswer.TextAsync(
                context, StatusCodes.Status404NotFound, $"There are: /metrics, {string.Join(", ", endpoints.Select(endpoint => endpoint.Path).Distinct())}.");
        if (matching.FirstOrDefault(endpoint => endpoint.Method == method) is not { } found)
        {
            var allowed = string.Join(", ", matching.Select(endpoint => endpoint.Method));
            context.Response.Headers.Allow = allowed;
            return ManagementAnswer.TextAsync(context, StatusCodes.Status405MethodNotAllowed, $"Use {allowed}.");
        }

        return !found.IsPublic && access.Deny(context) is { } denied
            ? ManagementAnswer.TextAsync(context, denied.Status, denied.Text)
            : found.Handle(context);
    }
}
