using System.Globalization;
using System.Net;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A network: a CIDR, a single address, or one of the words <c>loopback</c> and <c>private</c>.</summary>
internal sealed class NetworkKind : OptionKind<NetworkSet>
{
    private static readonly NetworkSet Loopback = new("loopback", [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);

    // RFC 1918 section 3 and RFC 4193 section 3.
    private static readonly NetworkSet Private = new("private",
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fc00::/7")]);

    /// <inheritdoc/>
    public override string Placeholder => "NETWORK";

    /// <inheritdoc/>
    public override string Expects => "a network such as 10.0.0.0/8 or fd00::/8, an address, loopback or private";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out NetworkSet value)
    {
        value = string.Equals(text, Loopback.Name, StringComparison.OrdinalIgnoreCase) ? Loopback : Private;
        if (string.Equals(text, value.Name, StringComparison.OrdinalIgnoreCase))
            return null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (!ListenAddressKind.TryReadAddress(host, out var address))
            return new Flaw("is not a network.");
        var bits = address.GetAddressBytes().Length * 8;
        var prefix = slash < 0 ? bits.ToString(CultureInfo.InvariantCulture) : text[(slash + 1)..];
        if (!int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bits)
            return new Flaw(string.Create(CultureInfo.InvariantCulture, $"has a prefix that is not from 0 to {bits}."));
        var network = new IPNetwork(Mask(address, length), length);
        value = new NetworkSet(network.ToString(), [network]);
        return null;
    }

    /// <inheritdoc/>
    public override string Print(object value) => ((NetworkSet)value).Name;

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }

    // People write 10.1.2.3/8 and mean 10.0.0.0/8; every proxy takes it so.
    private static IPAddress Mask(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }
        return new IPAddress(bytes);
    }
}
