using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>An address of this machine to listen on.</summary>
internal sealed class ListenAddressKind : OptionKind<string>
{
    /// <inheritdoc/>
    public override string Placeholder => "ADDRESS";

    /// <inheritdoc/>
    public override string Expects => "an IPv4 or IPv6 address of this machine, or localhost";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        value = text;
        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            value = "localhost";
            return null;
        }
        if (!TryReadAddress(text, out var address))
            return new Flaw("is not an IP address.");
        value = address.ToString();
        return null;
    }

    /// <summary>
    /// Reads an IP address in its usual form. IPAddress alone would take "1" and "0x7f.1" for IPv4 (as inet_aton does), which here are more
    /// likely a port or a slip.
    /// </summary>
    public static bool TryReadAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(letter => letter == '.') == 3);

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
