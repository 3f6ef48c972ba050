using System.Net;
using System.Text;
using KubeWsBridge.Bridge.Metadata.ProxyProtocol;
using static KubeWsBridge.Bridge.Metadata.ProxyProtocol.ProxyProtocolResult;

namespace KubeWsBridge.Bridge.Tests.Metadata.ProxyProtocol;

public sealed class ProxyProtocolParserTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";
    private const string V4 = "C6336401" + "CB007109" + "1388" + "01BB";
    private const string V6 = "20010DB8000000000000000000000001" + "20010DB8000000000000000000000002" + "1388" + "01BB";

    public static TheoryData<byte[], string?, string?> Valid => new()
    {
        { Text("PROXY TCP4 198.51.100.1 203.0.113.9 5000 443\r\n"), "198.51.100.1:5000", "203.0.113.9:443" },
        { Text("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n"), "255.255.255.255:65535", "255.255.255.255:65535" },
        { Text("PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n"), "0.0.0.0:0", "0.0.0.0:0" },
        { Text("PROXY TCP6 2001:db8::1 2001:DB8::2 5000 443\r\n"), "[2001:db8::1]:5000", "[2001:db8::2]:443" },
        { Text("PROXY TCP6 ::ffff:198.51.100.1 ::1 5000 443\r\n"), "198.51.100.1:5000", "[::1]:443" },
        { Text("PROXY UNKNOWN\r\n"), null, null },
        { Text("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n"), null, null },
        { Text("PROXY UNKNOWN " + new string('x', 91) + "\r\n"), null, null },
        { Hex("21", "11", "000C", V4), "198.51.100.1:5000", "203.0.113.9:443" },
        { Hex("21", "12", "000C", V4), "198.51.100.1:5000", "203.0.113.9:443" },
        { Hex("21", "11", "0013", V4 + "03000412345678"), "198.51.100.1:5000", "203.0.113.9:443" },
        { Hex("21", "21", "0024", V6), "[2001:db8::1]:5000", "[2001:db8::2]:443" },
        { Hex("21", "31", "00D8", new string('0', 432)), null, null },
        { Hex("21", "00", "0000", ""), null, null },
        { Hex("21", "00", "0003", "040000"), null, null },
        { Hex("20", "00", "0000", ""), null, null },
        { Hex("20", "11", "000C", V4), null, null },
        { Hex("20", "FF", "0001", "00"), null, null },
        { Hex("21", "11", "FFFF", V4 + new string('0', 2 * (0xFFFF - 12))), "198.51.100.1:5000", "203.0.113.9:443" },
    };

    public static TheoryData<byte[]> Malformed => new()
    {
        Text("PROXY \r\n"),
        Text("PROXY TCP4\r\n"),
        Text("PROXY UNKNOWNX\r\n"),
        Text("PROXY UDP4 1.1.1.1 2.2.2.2 1 2\r\n"),
        Text("PROXY tcp4 1.1.1.1 2.2.2.2 1 2\r\n"),
        Text("PROXY TCP4 1.1.1.1 2.2.2.2 1\r\n"),
        Text("PROXY TCP4 1.1.1.1 2.2.2.2 1 2 3\r\n"),
        Text("PROXY TCP4  1.1.1.1 2.2.2.2 1 2\r\n"),
        Text("PROXY TCP4 1.1.1.1 2.2.2.2 1 2 \r\n"),
        Text("PROXY TCP4 1.1.1.1 2.2.2.2 1 65536\r\n"),
        Text("PROXY TCP4 1.1.1.1 2.2.2.2 01 2\r\n"),
        Text("PROXY TCP4 1.1.1.1 2.2.2.2 -1 2\r\n"),
        Text("PROXY TCP4 01.1.1.1 2.2.2.2 1 2\r\n"),
        Text("PROXY TCP4 1.1.1 2.2.2.2 1 2\r\n"),
        Text("PROXY TCP4 ::1 ::1 1 2\r\n"),
        Text("PROXY TCP6 1.1.1.1 2.2.2.2 1 2\r\n"),
        Text("PROXY TCP6 [::1] ::1 1 2\r\n"),
        Text("PROXY TCP4 1.1.1.1 2.2.2.2 1 2\n"),
        Text("PROXY UNKNOWN " + new string('x', 92) + "\r\n"),
        Text("PROXY " + new string('x', 200)),
        Hex("11", "11", "000C", V4),
        Hex("31", "11", "000C", V4),
        Hex("22", "11", "000C", V4),
        Hex("2F", "11", "000C", V4),
        Hex("21", "41", "000C", V4),
        Hex("21", "10", "000C", V4),
        Hex("21", "13", "000C", V4),
        Hex("21", "01", "000C", V4),
        Hex("21", "11", "000B", V4),
        Hex("21", "21", "000C", V4),
        Hex("21", "31", "000C", V4),
    };

    private static byte[] Text(string line) => Encoding.ASCII.GetBytes(line);

    private static byte[] Hex(string command, string family, string length, string body) =>
        Convert.FromHexString(Signature + command + family + length + body);

    [Theory]
    [MemberData(nameof(Valid))]
    public void Parse_Valid_HeaderAndRestLeft(byte[] bytes, string? source, string? destination)
    {
        byte[] withRest = [.. bytes, .. "GET / HTTP/1.1\r\n"u8];
        Assert.Equal(Ok, ProxyProtocolParser.Parse(withRest, out var header, out var consumed));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(bytes[0] == 'P' ? 1 : 2, header.Version);
        Assert.Equal(source is null ? null : IPEndPoint.Parse(source), header.Source);
        Assert.Equal(destination is null ? null : IPEndPoint.Parse(destination), header.Destination);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Parse_CutAtEachByte_NeedMore(byte[] bytes, string? source, string? destination)
    {
        _ = (source, destination);
        for (var length = 0; length < bytes.Length; length += length < 1000 ? 1 : 997)
        {
            Assert.Equal(NeedMore, ProxyProtocolParser.Parse(bytes.AsSpan(0, length), out var header, out var consumed));
            Assert.Equal((default, 0), (header, consumed));
        }
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Parse_Malformed_Invalid(byte[] bytes)
    {
        Assert.Equal(Invalid, ProxyProtocolParser.Parse(bytes, out _, out var consumed));
        Assert.Equal(0, consumed);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("X")]
    [InlineData("PROXX")]
    [InlineData("proxy TCP4")]
    [InlineData("PROXY\tTCP4")]
    [InlineData("POST / HTTP/1.1\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("\r\n\r\nGET")]
    public void Parse_SomethingElse_NotPresent(string text) => Assert.Equal(NotPresent, ProxyProtocolParser.Parse(Text(text), out _, out _));

    [Fact]
    public void Parse_Garbage_NeverThrowsNorOverreads()
    {
        var random = new Random(5);
        byte[][] seeds = [.. ((IEnumerable<object?[]>)Valid).Concat(Malformed).Select(row => (byte[])row[0]!).Where(seed => seed.Length < 1000)];
        for (var i = 0; i < 200_000; i++)
        {
            byte[] bytes = [.. seeds[random.Next(seeds.Length)]];
            for (var change = random.Next(4); change >= 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(bytes.Length + 1)];

            var result = ProxyProtocolParser.Parse(bytes, out var header, out var consumed);
            Assert.InRange(consumed, result == Ok ? 1 : 0, result == Ok ? bytes.Length : 0);
            Assert.Equal(header.Source is null, header.Destination is null);
        }
    }
}
