using System.Diagnostics.CodeAnalysis;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>
/// One entry of an allow-list: <c>https://example.com</c>, <c>https://*.example.com</c> (one or more labels before, not the name itself),
/// <c>null</c> (sandboxed frames, file: pages) or <c>*</c>.
/// </summary>
public sealed class OriginPattern
{
    private const string Fix = "write scheme://host or scheme://host:port as in https://example.com, https://*.example.com, null, or *";
    private const string Wildcard = "://*.";

    private readonly string _text;
    private readonly Origin? _origin;
    private readonly bool _subdomains;

    private OriginPattern(string text, Origin? origin, bool subdomains) => (_text, _origin, _subdomains) = (text, origin, subdomains);

    /// <summary>Whether this is <c>*</c>.</summary>
    internal bool IsAny => _text == "*";

    /// <summary>Reads a pattern as written in the configuration; the error says what is wrong and what to write.</summary>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out OriginPattern? result, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        result = null;
        error = null;
        if (pattern is "*" or "null")
        {
            result = new(pattern, null, false);
            return true;
        }

        var subdomains = pattern.Contains(Wildcard, StringComparison.Ordinal);
        if (Origin.TryParse(subdomains ? pattern.Replace(Wildcard, "://", StringComparison.Ordinal) : pattern, out var origin))
        {
            result = new(pattern, origin, subdomains);
            return true;
        }

        var scheme = pattern.IndexOf("://", StringComparison.Ordinal);
        error = scheme < 0 ? $"'{pattern}' is not an origin: it has no scheme; {Fix}"
            : pattern.AsSpan(scheme + 3).ContainsAny('/', '?', '#') ? $"'{pattern}' is not an origin: it has a path; {Fix}"
            : pattern.Contains('*', StringComparison.Ordinal) ? $"'{pattern}' is not an origin: a star stands only before the first dot; {Fix}"
            : $"'{pattern}' is not an origin; {Fix}";
        return false;
    }

    /// <summary>Whether the pattern covers the origin; null stands for the literal <c>null</c> origin.</summary>
    internal bool Matches(Origin? origin)
    {
        if (IsAny)
            return true;
        if (_origin is null || origin is null)
            return _origin is null && origin is null;
        if (!_subdomains)
            return _origin == origin;
        return origin.Scheme == _origin.Scheme && origin.Port == _origin.Port
            && origin.Host.Length > _origin.Host.Length + 1
            && origin.Host.EndsWith(_origin.Host, StringComparison.Ordinal)
            && origin.Host[^(_origin.Host.Length + 1)] == '.';
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
