using System.Text;
using KubeWsBridge.Bridge.Metadata;

namespace KubeWsBridge.Bridge.Tests.Metadata;

public sealed class HeaderTextTests
{
    private static string AsReceived(params byte[] bytes) => Encoding.Latin1.GetString(bytes);

    [Fact]
    public void Decode_Ascii_Same()
    {
        const string Value = "plain text 123";
        Assert.Same(Value, HeaderText.Decode(Value));
    }

    [Theory]
    [InlineData("Grüße")]
    [InlineData("日本語")]
    [InlineData("🎈")]
    public void Decode_Utf8Bytes_Characters(string value) => Assert.Equal(value, HeaderText.Decode(AsReceived(Encoding.UTF8.GetBytes(value))));

    [Theory]
    [InlineData(new byte[] { (byte)'G', 0xFC }, "Gü")]
    [InlineData(new byte[] { 0xFC, (byte)'x' }, "üx")]
    [InlineData(new byte[] { 0xC3 }, "Ã")] // cut short
    [InlineData(new byte[] { 0xC0, 0xAF }, "À¯")] // overlong
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "í\u00A0\u0080")] // surrogate
    public void Decode_NotUtf8_Latin1Characters(byte[] bytes, string value) => Assert.Equal(value, HeaderText.Decode(AsReceived(bytes)));

    [Fact]
    public void Decode_AlreadyDecoded_Same() => Assert.Equal("日本", HeaderText.Decode("日本"));

    [Theory]
    [InlineData("x-test", "a, b, c")]
    [InlineData("Accept", "a, b, c")]
    [InlineData("cookie", "a; b; c")]
    [InlineData("Cookie", "a; b; c")]
    public void Join_Repeated_BySeparatorOfHeader(string name, string joined) => Assert.Equal(joined, HeaderText.Join(name, new(["a", "b", "c"])));

    [Fact]
    public void Join_Repeated_EachDecodedOnItsOwn() =>
        Assert.Equal("ü, ü", HeaderText.Join("x", new([AsReceived(0xC3, 0xBC), AsReceived(0xFC)])));
}
