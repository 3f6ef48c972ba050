using System.Globalization;
using System.Net;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>Where the operator's port listens: an address of this machine and a port, or nowhere.</summary>
internal sealed class ManagementAddressKind : OptionKind<string>
{
    /// <summary>The word for nowhere.</summary>
    public const string Off = "off";

    /// <inheritdoc/>
    public override string Placeholder => "HOST:PORT";

    /// <inheritdoc/>
    public override string Expects => "an address of this machine and a port, as in 127.0.0.1:8081 or [::]:8081, or off";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        value = text;
        if (text == Off)
            return null;
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return new Flaw("has no port.", $"Add one, as in {text}:8081");
        if (colon == 0)
            return new Flaw("has no address before the port.", $"Write 127.0.0.1{text} for this machine only, or 0.0.0.0{text}.");
        var host = text[..colon];
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
            return new Flaw("does not end with a port from 0 to 65535.");
        if (host.Contains(':', StringComparison.Ordinal) && host[0] != '[')
            return new Flaw("has an IPv6 address without brackets.", $"Write [{host}]:{text[(colon + 1)..]}");
        if (host == "localhost")
            host = "127.0.0.1";
        if (!ListenAddressKind.TryReadAddress(host.Trim('[', ']'), out var address))
            return new Flaw("does not begin with an IP address.");
        value = new IPEndPoint(address, port).ToString();
        return null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
