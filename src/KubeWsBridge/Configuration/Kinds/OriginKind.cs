using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A web origin as browsers send it: scheme, host and a port that is not the scheme's own (RFC 6454 section 6.1).</summary>
internal sealed class OriginKind : OptionKind<string>
{
    /// <inheritdoc/>
    public override string Placeholder => "ORIGIN";

    /// <inheritdoc/>
    public override string Expects => "an origin such as https://example.com, https://example.com:8443 or https://*.example.com";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        // Sandboxed frames and file: pages send the word null (RFC 6454 section 7.3).
        value = text;
        if (text == "null")
            return null;
        if (text == "*")
            return new Flaw("is not an origin.", "Leave the list empty to allow every origin.");
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0)
            return new Flaw("has no scheme.");
        var authority = text[(colon + 3)..];
        var path = authority.IndexOfAny(['/', '?', '#']);
        if (path >= 0)
            return new Flaw("has a path; browsers send origins without one.", $"Write {text[..(colon + 3 + path)]}");
        var plain = authority.StartsWith("*.", StringComparison.Ordinal) ? "x." + authority[2..] : authority;
        if (plain.Contains('*', StringComparison.Ordinal) || !Uri.TryCreate(text[..(colon + 3)] + plain, UriKind.Absolute, out _))
            return new Flaw("is not an origin.");
        value = WithoutDefaultPort(text.ToLowerInvariant());
        return null;
    }

    // Browsers leave it out, so an origin with it would never match.
    private static string WithoutDefaultPort(string origin)
    {
        foreach (var (scheme, port) in new[] { ("https://", ":443"), ("http://", ":80") })
            if (origin.StartsWith(scheme, StringComparison.Ordinal) && origin.EndsWith(port, StringComparison.Ordinal))
                return origin[..^port.Length];
        return origin;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteString("pattern", "^(null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+)$");
    }
}
