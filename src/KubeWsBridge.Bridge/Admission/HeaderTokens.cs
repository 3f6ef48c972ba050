using Microsoft.Extensions.Primitives;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>Looks into list headers such as <c>Connection: keep-alive, Upgrade</c> (RFC 9110 section 5.6.1).</summary>
internal static class HeaderTokens
{
    /// <summary>Whether the list, over all lines of the header, has the token in any case.</summary>
    public static bool Contains(StringValues lines, string token)
    {
        foreach (var line in lines)
        {
            var list = line.AsSpan();
            foreach (var range in list.Split(','))
                if (list[range].Trim(" \t").Equals(token, StringComparison.OrdinalIgnoreCase))
                    return true;
        }
        return false;
    }
}
