using System.Text;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>TXT values as zone files write them (RFC 1035 section 5.1): quoted strings with escapes, several of them making one value.</summary>
internal static class TxtText
{
    /// <summary>The value as one quoted string; values of challenges are far below the 255 bytes a string may have.</summary>
    public static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The value of what a provider shows, which may be quoted or not.</summary>
    public static string Unquote(string text)
    {
        text = text.Trim();
        if (!text.StartsWith('"'))
            return text;
        var value = new StringBuilder(text.Length);
        var inside = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                inside = !inside;
            else if (text[i] == '\\' && i + 1 < text.Length)
                value.Append(text[++i]);
            else if (inside)
                value.Append(text[i]);
        }
        return value.ToString();
    }
}
