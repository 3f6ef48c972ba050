using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class HandshakeKeyTests
{
    [Fact]
    public void Accept_RfcExample_GivesTheRfcAnswer() =>
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", HandshakeKey.Accept("dGhlIHNhbXBsZSBub25jZQ=="));

    [Theory]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", true)]
    [InlineData("/+//+//+//+//+//+//+/w==", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ== ", false)]
    [InlineData(" dGhlIHNhbXBsZSBub25jZQ=", false)]
    [InlineData("dGhlIHNhbXBsZSBub25j  ==", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZWE=", false)] // 17 bytes
    [InlineData("dGhlIHNhbXBsZSBub25jZWFi", false)] // 18 bytes
    [InlineData("SGVsbG8sIHdvcmxkIQ==", false)] // 13 bytes
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEC==", false)] // unused bits set (RFC 6455 section 4.1 itself has this slip)
    [InlineData("dGhlIHNhbXBsZSBub25j-_==", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZé==", false)]
    public void IsValid_Key_IsSixteenBytesInCanonicalBase64(string? key, bool expected) =>
        Assert.Equal(expected, HandshakeKey.IsValid(key));
}
