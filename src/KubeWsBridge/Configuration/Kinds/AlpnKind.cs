using System.Net.Security;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>An application protocol of TLS (RFC 7301) that this server speaks.</summary>
internal sealed class AlpnKind : OptionKind<SslApplicationProtocol>
{
    /// <inheritdoc/>
    public override string Placeholder => "PROTOCOL";

    /// <inheritdoc/>
    public override string Expects => "h2 or http/1.1";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out SslApplicationProtocol value)
    {
        value = text.ToLowerInvariant() switch
        {
            "h2" => SslApplicationProtocol.Http2,
            "http/1.1" => SslApplicationProtocol.Http11,
            _ => default,
        };
        return value == default ? new Flaw("is not spoken here.") : null;
    }

    /// <inheritdoc/>
    public override string Print(object value) => value.ToString() ?? "";

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("enum");
        schema.WriteStringValue("h2");
        schema.WriteStringValue("http/1.1");
        schema.WriteEndArray();
    }
}
