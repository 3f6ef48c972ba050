using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Hosting.Management;

/// <summary>Who may see sessions and change things: callers of this machine, callers with the token, or everybody if that is configured.</summary>
/// <remarks>
/// A browser of this machine is no such caller: any page can have it send requests to 127.0.0.1. Pages of other origins give themselves away by
/// their Origin or Sec-Fetch-Site header, and those whose name was rebound to 127.0.0.1 by the Host header, which holds that name.
/// Where everybody may ask, they ask a Service by its name: that name says nothing then, and an address that is kept from nobody needs no rebinding.
/// Nor are all addresses of the loopback network this machine's callers: Istio brings what comes from outside from 127.0.0.6.
/// </remarks>
internal sealed class ManagementAccess(ManagementOptions options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = options.Token is { } token ? Hash(token.Reveal()) : null;

    /// <summary>Null when the caller may go on; otherwise the status and what to change.</summary>
    public (int Status, string Text)? Deny(HttpContext context)
    {
        if (HasToken(context.Request))
            return null;
        if (ComesFromPage(context.Request) || (!options.IsOpen && IsForName(context.Request)))
            return (StatusCodes.Status403Forbidden, "Browsers may not use this port without the token.");
        if (options.IsOpen || context.Connection.RemoteIpAddress is not { } caller || IsOwn(Plain(caller)))
            return null;
        return _expected is null
            ? (StatusCodes.Status403Forbidden,
                "Only callers on the same machine or in the same pod may do this. Set --management-token-file, or --management-open if the network protects the port.")
            : (StatusCodes.Status401Unauthorized, "Send the token: Authorization: Bearer TOKEN (--management-token-file).");
    }

    private bool HasToken(HttpRequest request)
    {
        // RFC 9110 sections 11.1 and 11.4: the scheme in any case, then one or more spaces.
        var credentials = request.Headers.Authorization.ToString();
        return _expected is not null && credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(_expected, Hash(credentials[Scheme.Length..].TrimStart(' ')));
    }

    private static bool ComesFromPage(HttpRequest request) =>
        request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");

    private static bool IsForName(HttpRequest request) => request.Host.HasValue && IsName(request.Host.Host);

    private static bool IsOwn(IPAddress caller) => caller.Equals(IPAddress.Loopback) || caller.Equals(IPAddress.IPv6Loopback);

    private static bool IsName(string host) =>
        host != "localhost" && !IPAddress.TryParse(host.Trim('[', ']'), out _);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
