using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Bridge.Tests.Admission;

/// <summary>Handshake requests to bend.</summary>
internal static class Handshakes
{
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    public static DefaultHttpContext Http11()
    {
        var context = new DefaultHttpContext();
        context.Request.Protocol = HttpProtocol.Http11;
        context.Request.Method = "GET";
        context.Request.Headers.Upgrade = "websocket";
        context.Request.Headers.Connection = "Upgrade";
        context.Request.Headers.SecWebSocketVersion = "13";
        context.Request.Headers.SecWebSocketKey = Key;
        context.Features.Set<IHttpUpgradeFeature>(new Upgradable());
        return context;
    }

    public static DefaultHttpContext Http2(string? protocol = "websocket")
    {
        var context = new DefaultHttpContext();
        context.Request.Protocol = HttpProtocol.Http2;
        context.Request.Method = "CONNECT";
        context.Request.Headers.SecWebSocketVersion = "13";
        context.Features.Set<IHttpExtendedConnectFeature>(new Connect(protocol));
        return context;
    }

    private sealed class Upgradable : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => throw new NotSupportedException();
    }

    private sealed class Connect(string? protocol) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => protocol is not null;

        public string? Protocol => protocol;

        public ValueTask<Stream> AcceptAsync() => throw new NotSupportedException();
    }
}
