using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Says which certificate to show to who offers the protocol acme-tls/1 and nothing else (RFC 8737).</summary>
public sealed class TlsAlpn01Responder(IChallengeAnswers answers, TimeProvider time)
{
    /// <summary>The protocol's name in ALPN.</summary>
    public const string Protocol = "acme-tls/1";

    // The authority looks from several places at once; one certificate does for all of them.
    private volatile Made? _latest;

    /// <summary>The certificate to show; null when no challenge for the name is known here.</summary>
    /// <param name="serverName">The name the client asked for (SNI).</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async ValueTask<X509Certificate2?> FindAsync(string serverName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serverName);
        if (!IsName(serverName))
            return null;
        var name = serverName.ToLowerInvariant();
        if (await answers.FindAsync(name, cancellationToken) is not { } keyAuthorization)
            return null;
        if (_latest is { } latest && latest.Name == name && latest.KeyAuthorization == keyAuthorization)
            return latest.Certificate;

        var certificate = TlsAlpn01Certificate.Create(Subject(name), keyAuthorization, time.GetUtcNow());
        _latest = new(name, keyAuthorization, certificate);
        return certificate;
    }

    /// <summary>The name an authority asks for: addresses have theirs in the reverse zone (RFC 8738 section 6).</summary>
    internal static string ServerName(Identifier identifier) => identifier.IsAddress ? ReverseName(IPAddress.Parse(identifier.Value)) : identifier.Value;

    private static Identifier Subject(string name)
    {
        if (name.EndsWith(".in-addr.arpa", StringComparison.Ordinal))
        {
            var parts = name[..^".in-addr.arpa".Length].Split('.');
            return Identifier.Parse(string.Join('.', parts.Reverse()));
        }
        if (name.EndsWith(".ip6.arpa", StringComparison.Ordinal))
        {
            var digits = string.Concat(name[..^".ip6.arpa".Length].Split('.').Reverse());
            return Identifier.Parse(string.Join(':', digits.Chunk(4).Select(group => new string(group))));
        }
        return new("dns", name);
    }

    private static string ReverseName(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? string.Join('.', address.GetAddressBytes().Reverse()) + ".in-addr.arpa"
        : string.Join('.', Convert.ToHexStringLower(address.GetAddressBytes()).Reverse()) + ".ip6.arpa";

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 253 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_');

    private sealed record Made(string Name, string KeyAuthorization, X509Certificate2 Certificate);
}
