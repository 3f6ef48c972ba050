using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>Finds the words meant for people in a provider's error, whatever its shape.</summary>
internal static class ErrorText
{
    private const int Longest = 500;

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "message", "detail", "details", "error", "error_description", "reason", "title", "errors", "cause", "error_chain", "code",
    };

    /// <summary>The words; the start of the text when it has no shape.</summary>
    public static string Of(string body)
    {
        var words = (body.TrimStart() is ['{' or '[', ..] ? OfJson(body) : body.TrimStart() is ['<', ..] ? OfXml(body) : []).Distinct().ToList();
        return words.Count > 0 ? Start(string.Join("; ", words)) : Start(body);
    }

    /// <summary>The start of a text on one line.</summary>
    public static string Start(string text)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "(no text)" : text.Length <= Longest ? text : text[..Longest] + "…";
    }

    private static List<string> OfJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. Walk(document.RootElement, isWord: false)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Walk(JsonElement element, bool isWord) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            // Field errors stand below the field's name: {"ttl": ["must be at least 3600"]}.
            property.Value.ValueKind == JsonValueKind.Array && !Words.Contains(property.Name)
                ? Walk(property.Value, isWord: true).Select(text => $"{property.Name}: {text}")
                : Walk(property.Value, Words.Contains(property.Name))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Walk(item, isWord)),
        JsonValueKind.String when isWord && element.GetString() is { Length: > 0 } text => [text],
        _ => [],
    };

    private static List<string> OfXml(string body)
    {
        try
        {
            return [.. XDocument.Parse(body).Descendants().Where(element => element.Name.LocalName is "Code" or "Message" && !element.HasElements)
                .Select(element => element.Value)];
        }
        catch (XmlException)
        {
            return [];
        }
    }
}
