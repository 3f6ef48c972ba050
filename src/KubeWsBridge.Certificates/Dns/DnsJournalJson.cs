using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>How journal entries are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DnsJournalEntry))]
internal sealed partial class DnsJournalJson : JsonSerializerContext;
