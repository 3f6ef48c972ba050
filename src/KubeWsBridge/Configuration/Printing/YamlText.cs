using System.Text.Encodings.Web;
using KubeWsBridge.Configuration.Effective;

namespace KubeWsBridge.Configuration.Printing;

/// <summary>
/// Writes values as YAML. JSON's double-quoted strings are YAML's too (YAML 1.2 section 1.3), so quoting is left to JSON.
/// </summary>
internal static class YamlText
{
    /// <summary>The setting's value, a flow list for a list; <c>null</c> for none, which reads as not set.</summary>
    public static string Of(EffectiveSetting setting)
    {
        var quoted = setting.Option.Form.NeedsQuotes;
        var texts = setting.Printed.Select(text => quoted ? Quote(text) : text);
        return setting.Option.IsList ? $"[{string.Join(", ", texts)}]" : texts.FirstOrDefault() ?? "null";
    }

    // "Relaxed" leaves < > & and non-ASCII letters readable; this goes into no web page.
    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
