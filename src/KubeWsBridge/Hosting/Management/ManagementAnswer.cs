using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Hosting.Management;

/// <summary>The two forms of an answer.</summary>
internal static class ManagementAnswer
{
    /// <summary>One line for a person.</summary>
    public static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
    }

    /// <summary>An object for a program.</summary>
    public static Task JsonAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> shape)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, shape);
    }
}
