using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>A record that is to be removed.</summary>
/// <param name="Provider">The name of the provider that added it.</param>
/// <param name="Record">The record.</param>
public sealed record DnsJournalEntry(string Provider, TxtRecord Record)
{
    /// <summary>What makes it another one.</summary>
    [JsonIgnore]
    public string Identity => $"{Provider}\n{Record.Zone}\n{Record.Name}\n{Record.Value}";

    /// <summary>It, as JSON.</summary>
    public string ToText() => JsonSerializer.Serialize(this, DnsJournalJson.Default.DnsJournalEntry);

    /// <summary>Reads what <see cref="ToText"/> wrote; null when it is something else.</summary>
    public static DnsJournalEntry? FromText(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, DnsJournalJson.Default.DnsJournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
