using System.Text.Json;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>Where a PHP-FPM pool listens.</summary>
internal sealed class FastCgiAddressKind : OptionKind<FastCgiAddress>
{
    /// <inheritdoc/>
    public override string Placeholder => "ADDRESS";

    /// <inheritdoc/>
    public override string Expects => "HOST:PORT, or unix:/path with the whole path of a socket";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out FastCgiAddress value)
    {
        if (FastCgiAddress.TryParse(text, out var address))
        {
            value = address;
            return null;
        }

        value = null!;
        return new Flaw("is no address of PHP-FPM.", "Give the pool's listen, as in 127.0.0.1:9000 or unix:/run/php/ws.sock");
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
