using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>How what is written down looks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CertificateRecord))]
[JsonSerializable(typeof(AccountRecord))]
[JsonSerializable(typeof(Attempts))]
[JsonSerializable(typeof(OrderInProgress))]
internal sealed partial class LifeJson : JsonSerializerContext
{
    public static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type) + "\n";

    /// <exception cref="DamagedStateException">The text is something else.</exception>
    public static T Read<T>(string text, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new DamagedStateException($"What is stored is no {typeof(T).Name}.");
        }
        catch (JsonException unreadable)
        {
            throw new DamagedStateException($"What is stored is no {typeof(T).Name}: {unreadable.Message}", unreadable);
        }
    }
}
