using System.Diagnostics.CodeAnalysis;
using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Primitives;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>
/// Which web pages may connect (RFC 6455 section 10.2). An empty list allows all. With a list, requests without an Origin header are still
/// allowed: the list protects browser users against foreign pages that use their cookies, browsers always send the header (RFC 6455
/// section 4.1, item 8), and other clients could write into it what they like.
/// </summary>
public sealed class OriginPolicy(IReadOnlyList<OriginPattern> patterns)
{
    /// <summary>Reads the list; the error is that of the first pattern that is wrong.</summary>
    public static bool TryParse(
        IEnumerable<string> patterns, [NotNullWhen(true)] out OriginPolicy? policy, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        policy = null;
        List<OriginPattern> parsed = [];
        foreach (var text in patterns)
        {
            if (!OriginPattern.TryParse(text, out var pattern, out error))
                return false;
            parsed.Add(pattern);
        }
        error = null;
        policy = new(parsed);
        return true;
    }

    /// <summary>Returns null when the Origin header allows the connection, else the refusal.</summary>
    public Refusal? Validate(StringValues header) => Allows(header) ? null : Refusals.OriginNotAllowed;

    private bool Allows(StringValues header)
    {
        if (patterns.Count == 0 || header.Count == 0 || patterns.Any(pattern => pattern.IsAny))
            return true;

        // A second header, or a list in one, is no browser's doing, and which of them would be meant?
        if (header is not [{ } text])
            return false;
        Origin? origin = null;
        return (text == "null" || Origin.TryParse(text, out origin)) && patterns.Any(pattern => pattern.Matches(origin));
    }
}
