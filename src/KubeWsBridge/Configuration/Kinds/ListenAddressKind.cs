using System.Net;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>An address of this machine to listen on.</summary>
internal sealed class ListenAddressKind(bool knowsUnixSockets = false) : OptionKind<string>
{
    /// <inheritdoc/>
    public override string Placeholder => "ADDRESS";

    /// <inheritdoc/>
    public override string Expects => "an IPv4 or IPv6 address of this machine, or localhost";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        value = text;
        if (knowsUnixSockets && text.StartsWith("unix:", StringComparison.OrdinalIgnoreCase))
            return new Flaw("is not available yet: unix sockets come with the data path issue.", "Use 127.0.0.1.");
        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            value = "localhost";
            return null;
        }
        // IPAddress takes "1" and "0x7f.1" as IPv4 (inet_aton), which here are more likely a port or a slip.
        if (!IPAddress.TryParse(text, out var address) || (!text.Contains(':', StringComparison.Ordinal) && text.Count(c => c == '.') != 3))
            return new Flaw("is not an IP address.");
        value = address.ToString();
        return null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
