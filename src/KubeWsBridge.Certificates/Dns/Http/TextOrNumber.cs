using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>Reads text that some interfaces sometimes write as a number.</summary>
internal sealed class TextOrNumber : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
