using KubeWsBridge.Bridge.Admission;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Bridge.Tests.Admission;

public sealed class HandshakeValidatorTests
{
    [Fact]
    public void Validate_GoodHandshake_Null()
    {
        Assert.Null(HandshakeValidator.Validate(Handshakes.Http11(), out var detail));
        Assert.Null(detail);
    }

    [Theory]
    [InlineData("Upgrade", "WebSocket")]
    [InlineData("Upgrade", "h2c, websocket")]
    [InlineData("Upgrade", "h2c\t,\twebsocket ")]
    [InlineData("Connection", "keep-alive, UPGRADE")]
    [InlineData("Connection", "keep-alive,,upgrade")]
    [InlineData("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("Sec-WebSocket-Key", "/+/+/+/+/+/+/+/+/+/+/w==")]
    public void Validate_GoodVariant_Null(string header, string value)
    {
        var context = Handshakes.Http11();
        context.Request.Headers[header] = value;
        Assert.Null(HandshakeValidator.Validate(context, out _));
    }

    [Fact]
    public void Validate_ListOverTwoLines_Null()
    {
        var context = Handshakes.Http11();
        context.Request.Headers.Connection = new(["keep-alive", "upgrade"]);
        Assert.Null(HandshakeValidator.Validate(context, out _));
    }

    [Theory]
    [InlineData("Upgrade", null, "not-websocket")]
    [InlineData("Upgrade", "", "not-websocket")]
    [InlineData("Upgrade", "h2c", "not-websocket")]
    [InlineData("Upgrade", "websockets", "not-websocket")]
    [InlineData("Upgrade", "web socket", "not-websocket")]
    [InlineData("Connection", null, "not-websocket")]
    [InlineData("Connection", "close", "not-websocket")]
    [InlineData("Connection", "upgraded", "not-websocket")]
    [InlineData("Sec-WebSocket-Version", null, "unsupported-version")]
    [InlineData("Sec-WebSocket-Version", "", "unsupported-version")]
    [InlineData("Sec-WebSocket-Version", "8", "unsupported-version")]
    [InlineData("Sec-WebSocket-Version", "013", "unsupported-version")]
    [InlineData("Sec-WebSocket-Version", "13, 8", "unsupported-version")]
    [InlineData("Sec-WebSocket-Key", null, "bad-handshake")]
    [InlineData("Sec-WebSocket-Key", "", "bad-handshake")]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ", "bad-handshake")] // no padding
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j", "bad-handshake")] // 15 bytes
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZXM=", "bad-handshake")] // 17 bytes
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZR==", "bad-handshake")] // not canonical
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25-ZQ==", "bad-handshake")] // base64url
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhb XBsZSBub25jZQ=", "bad-handshake")]
    public void Validate_WrongHeader_Refused(string header, string? value, string name)
    {
        var context = Handshakes.Http11();
        context.Request.Headers[header] = value;
        var refusal = HandshakeValidator.Validate(context, out var detail);
        Assert.Equal(name, refusal?.Name);
        Assert.NotNull(detail);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Key", Handshakes.Key, "bad-handshake")]
    [InlineData("Sec-WebSocket-Version", "13", "unsupported-version")]
    public void Validate_HeaderTwice_Refused(string header, string value, string name)
    {
        var context = Handshakes.Http11();
        context.Request.Headers[header] = new([value, value]);
        Assert.Equal(name, HandshakeValidator.Validate(context, out _)?.Name);
    }

    [Theory]
    [InlineData("HTTP/1.0", "GET")]
    [InlineData("HTTP/0.9", "GET")]
    [InlineData("HTTP/1.1", "POST")]
    [InlineData("HTTP/1.1", "CONNECT")]
    public void Validate_WrongProtocolOrMethod_BadHandshake(string protocol, string method)
    {
        var context = Handshakes.Http11();
        context.Request.Protocol = protocol;
        context.Request.Method = method;
        Assert.Equal("bad-handshake", HandshakeValidator.Validate(context, out _)?.Name);
    }

    [Fact]
    public void Validate_ServerCannotUpgrade_NotWebSocket()
    {
        var context = Handshakes.Http11();
        context.Features.Set<IHttpUpgradeFeature>(null);
        Assert.Equal("not-websocket", HandshakeValidator.Validate(context, out _)?.Name);
    }

    [Theory]
    [InlineData("websocket", "13", null)]
    [InlineData("WebSocket", "13", null)]
    [InlineData("websocket", "8", "unsupported-version")]
    [InlineData("websocket", null, "unsupported-version")]
    [InlineData("connect-udp", "13", "not-websocket")]
    [InlineData(null, "13", "not-websocket")]
    public void Validate_Http2_ByProtocolAndVersion(string? protocol, string? version, string? name)
    {
        var context = Handshakes.Http2(protocol);
        context.Request.Headers.SecWebSocketVersion = version;
        Assert.Equal(name, HandshakeValidator.Validate(context, out _)?.Name);
    }

    [Fact]
    public void Validate_Http2WithUpgradeHeader_NotWebSocket()
    {
        var context = Handshakes.Http11();
        context.Request.Protocol = HttpProtocol.Http2;
        Assert.Equal("not-websocket", HandshakeValidator.Validate(context, out _)?.Name);
    }
}
