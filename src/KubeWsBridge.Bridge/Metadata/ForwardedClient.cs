using System.Net;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>Finds the client behind trusted proxies.</summary>
/// <remarks>
/// X-Forwarded-For wins over X-Real-IP, and that over Forwarded: it is what nearly every proxy writes, and a header that the proxies do not
/// write comes from the client. A trusted proxy must therefore set or append X-Forwarded-For, or remove the one it received.
/// </remarks>
internal static class ForwardedClient
{
    private const string Chain = "X-Forwarded-For";
    private const string Single = "X-Real-IP";

    /// <summary>
    /// The peer itself, or the first address that is not a trusted proxy's, seen from the peer backwards. What cannot be read as an address
    /// ends the walk: then the client is the last proxy known.
    /// </summary>
    /// <returns>The port is 0 (unknown) when a header gave the address without one.</returns>
    public static IPEndPoint Find(IHeaderDictionary headers, IPEndPoint peer, TrustedProxies proxies)
    {
        if (!proxies.Contains(peer.Address))
            return peer;

        var client = peer;
        foreach (var text in Claims(headers))
        {
            if (!AddressText.TryParseEndPoint(text.AsSpan().Trim(" \t"), out var claimed))
                break;
            client = claimed;
            if (!proxies.Contains(claimed.Address))
                break;
        }
        return client;
    }

    /// <summary>The hops of the Forwarded header, nearest first, up to a malformed line; none where another header wins.</summary>
    public static IEnumerable<ForwardedHop> Hops(IHeaderDictionary headers)
    {
        if (headers.ContainsKey(Chain) || headers.ContainsKey(Single))
            yield break;
        foreach (var line in headers["Forwarded"].Reverse())
        {
            if (!ForwardedHop.TryParseLine(line ?? "", out var hops))
                yield break;
            for (var i = hops.Count - 1; i >= 0; i--)
                yield return hops[i];
        }
    }

    // What the proxies claim to have heard from, nearest first.
    private static IEnumerable<string?> Claims(IHeaderDictionary headers) =>
        headers[Chain] is { Count: > 0 } chain ? chain.Reverse().SelectMany(line => (line ?? "").Split(',').Reverse())
        : headers[Single] is { Count: > 0 } single ? single.Reverse().Take(1)
        : Hops(headers).Select(hop => hop.For);
}
