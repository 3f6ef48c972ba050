using System.Globalization;
using System.Net;

namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>What a certificate is for: a DNS name (RFC 8555) or an IP address (RFC 8738).</summary>
/// <param name="Type">"dns" or "ip".</param>
/// <param name="Value">The name in ASCII and lower case, *. included, or the address.</param>
public sealed record Identifier(string Type, string Value)
{
    /// <summary>Whether the name stands for all names one level below.</summary>
    internal bool IsWildcard => Value.StartsWith("*.", StringComparison.Ordinal);

    internal bool IsAddress => Type == "ip";

    /// <summary>Takes a name or an address as people write it; names in other scripts become Punycode.</summary>
    /// <exception cref="AcmeException">It is neither.</exception>
    public static Identifier Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPAddress.TryParse(text, out var address))
            return new("ip", address.ToString());
        try
        {
            var wildcard = text.StartsWith("*.", StringComparison.Ordinal) ? "*." : "";
            var name = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text[wildcard.Length..].TrimEnd('.'));
            return new("dns", wildcard + name.ToLowerInvariant());
        }
        catch (ArgumentException notAName)
        {
            throw new AcmeException($"\"{text}\" is neither a DNS name nor an IP address.", notAName);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
