using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>
/// What a trusted proxy says of the request it received: X-Forwarded-Proto, -Host, -Port, or a Forwarded header's proto and host. Of a
/// list the rightmost value counts, the one that the peer itself wrote. Null for what is not said.
/// </summary>
internal readonly record struct ForwardedRequest(bool? Secure, string? Host, int? Port)
{
    /// <summary>Reads the headers; the caller has made sure that the peer is trusted.</summary>
    public static ForwardedRequest Read(IHeaderDictionary headers)
    {
        var hop = ForwardedClient.Hops(headers).FirstOrDefault();
        var host = Last(headers["X-Forwarded-Host"]) ?? hop?.Host;
        var port = AddressText.TryParsePort(Last(headers["X-Forwarded-Port"]), out var number) ? number : (int?)null;
        return new(IsSecure(Last(headers["X-Forwarded-Proto"]) ?? hop?.Proto), host, port);
    }

    private static bool? IsSecure(string? scheme) => scheme?.ToLowerInvariant() switch
    {
        "https" or "wss" => true,
        "http" or "ws" => false,
        _ => null,
    };

    private static string? Last(StringValues lines)
    {
        if (lines.Count == 0)
            return null;
        var line = lines[^1].AsSpan();
        var value = line[(line.LastIndexOf(',') + 1)..].Trim(" \t");
        return value.IsEmpty ? null : value.ToString();
    }
}
