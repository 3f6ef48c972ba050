using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace KubeWsBridge.Bridge.Metadata.ProxyProtocol;

/// <summary>Reads the header that HAProxy's PROXY protocol puts before a connection's own bytes (haproxy.org, proxy-protocol.txt).</summary>
public static class ProxyProtocolParser
{
    // Section 2.1: the longest line, CRLF included.
    private const int MaxLine = 107;

    // Section 2.2: signature, version and command, family and transport, length.
    private const int FixedPart = 16;

    private static ReadOnlySpan<byte> Text => "PROXY "u8;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>
    /// Reads a header from the first bytes of a connection. <paramref name="consumed"/> is its length, type-length-values included, when the
    /// result is <see cref="ProxyProtocolResult.Ok"/>, else 0.
    /// </summary>
    public static ProxyProtocolResult Parse(ReadOnlySpan<byte> buffer, out ProxyProtocolHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        if (Starts(buffer, Signature))
            return Binary(buffer, ref header, ref consumed);
        if (Starts(buffer, Text))
            return Line(buffer, ref header, ref consumed);
        return ProxyProtocolResult.NotPresent;
    }

    // Whether the bytes, as far as they go, are the beginning; an empty buffer is the beginning of everything.
    private static bool Starts(ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> beginning) =>
        buffer.StartsWith(beginning[..Math.Min(buffer.Length, beginning.Length)]);

    private static ProxyProtocolResult Binary(ReadOnlySpan<byte> buffer, ref ProxyProtocolHeader header, ref int consumed)
    {
        // Version 2 with LOCAL or PROXY, the two commands there are.
        if (buffer.Length > Signature.Length && buffer[Signature.Length] is not (0x20 or 0x21))
            return ProxyProtocolResult.Invalid;
        if (buffer.Length < FixedPart)
            return ProxyProtocolResult.NeedMore;
        var (command, family) = (buffer[12], buffer[13]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(buffer[14..]);

        // LOCAL: the proxy's own health check; family and addresses mean nothing then.
        var addresses = command == 0x20 ? 0 : family switch { 0x11 or 0x12 => 12, 0x21 or 0x22 => 36, 0x31 or 0x32 => 216, 0x00 => 0, _ => -1 };
        if (addresses < 0 || length < addresses)
            return ProxyProtocolResult.Invalid;
        if (buffer.Length < FixedPart + length)
            return ProxyProtocolResult.NeedMore;

        var body = buffer.Slice(FixedPart, length);
        header = addresses switch
        {
            12 => new(2, EndPoint(body[..4], body[8..]), EndPoint(body[4..8], body[10..])),
            36 => new(2, EndPoint(body[..16], body[32..]), EndPoint(body[16..32], body[34..])),
            _ => new(2, null, null),
        };
        consumed = FixedPart + length;
        return ProxyProtocolResult.Ok;
    }

    private static IPEndPoint EndPoint(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port) =>
        new(TrustedProxies.Unmap(new IPAddress(address)), BinaryPrimitives.ReadUInt16BigEndian(port));

    private static ProxyProtocolResult Line(ReadOnlySpan<byte> buffer, ref ProxyProtocolHeader header, ref int consumed)
    {
        var window = buffer[..Math.Min(buffer.Length, MaxLine)];
        var end = window.IndexOf("\r\n"u8);
        if (end < 0)
            return window.Length == MaxLine || window.Contains((byte)'\n') ? ProxyProtocolResult.Invalid : ProxyProtocolResult.NeedMore;

        var line = Encoding.Latin1.GetString(window[..end]);
        if (line != "PROXY UNKNOWN" && !line.StartsWith("PROXY UNKNOWN ", StringComparison.Ordinal))
        {
            if (line.Split(' ') is not [_, "TCP4" or "TCP6", _, _, _, _] words
                || !TryEndPoint(words[1], words[2], words[4], out var source) || !TryEndPoint(words[1], words[3], words[5], out var destination))
                return ProxyProtocolResult.Invalid;
            header = new(1, source, destination);
        }
        else
            header = new(1, null, null);
        consumed = end + 2;
        return ProxyProtocolResult.Ok;
    }

    private static bool TryEndPoint(string family, string addressText, string portText, out IPEndPoint? endPoint)
    {
        endPoint = null;
        // Zero is allowed, leading zeros are not.
        if (!AddressText.TryParse(addressText, out var address) || addressText.Contains(':', StringComparison.Ordinal) != (family == "TCP6")
            || !ushort.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || (portText[0] == '0' && portText.Length > 1))
            return false;
        endPoint = new(TrustedProxies.Unmap(address), port);
        return true;
    }
}
