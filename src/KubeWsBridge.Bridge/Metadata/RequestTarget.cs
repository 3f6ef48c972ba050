using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>Path and query as they were sent, percent-encoded.</summary>
internal readonly record struct RequestTarget(string Path, string Query, string Uri)
{
    /// <summary>Reads the request target in origin-form or absolute-form (RFC 9112 section 3.2); HTTP/2's :path is in origin-form.</summary>
    public static RequestTarget Of(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target))
            target = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        return Parse(target);
    }

    /// <summary>Splits a target at its first question mark, without scheme and authority; an empty path is a slash.</summary>
    public static RequestTarget Parse(string target)
    {
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            var end = target.AsSpan(scheme + 3).IndexOfAny('/', '?');
            target = end < 0 ? "" : target[(scheme + 3 + end)..];
        }
        if (target.Length == 0 || target[0] == '?')
            target = "/" + target;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? new(target, "", target) : new(target[..question], target[(question + 1)..], target);
    }
}
