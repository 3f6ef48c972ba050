using System.Net;
using System.Net.WebSockets;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.PeerClients;

/// <summary>.NET's ClientWebSocket over HTTP/1.1 and HTTP/2, against the real program.</summary>
public sealed class DotNetClientTests(PeerBridge peers) : IClassFixture<PeerBridge>, IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CancellationTokenSource _patience = new(RawClient.Patience);

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Text_OfSeveralSizes_IsEchoed(string http)
    {
        using var socket = await ConnectAsync(http);
        foreach (var size in new[] { 1, 125, 126, 65535, 65536, 300_000 })
            await EchoAsync(socket, ClientFrames.Letters(size), WebSocketMessageType.Text);
        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Binary_OfSeveralSizes_IsEchoed(string http)
    {
        using var socket = await ConnectAsync(http);
        foreach (var size in new[] { 1, 125, 126, 65535, 65536, 300_000 })
            await EchoAsync(socket, ClientFrames.Bytes(size), WebSocketMessageType.Binary);
        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task HundredMessages_KeepTheirOrder(string http)
    {
        using var socket = await ConnectAsync(http);
        var all = new StringBuilder();
        for (var i = 0; i < 100; i++)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes($"message {i};"), i % 2 == 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, _patience.Token);
            all.Append(System.Globalization.CultureInfo.InvariantCulture, $"message {i};");
        }

        Assert.Equal(all.ToString(), Encoding.UTF8.GetString(await ReceiveAsync(socket, all.Length)));
        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    // A ping whose pong does not come within the timeout ends this client's connection.
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Pings_AreAnswered(string http)
    {
        using var socket = await ConnectAsync(http, options =>
        {
            options.KeepAliveInterval = TimeSpan.FromMilliseconds(50);
            options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        });
        for (var i = 0; i < 50; i++)
            await EchoAsync(socket, ClientFrames.Bytes(1000), WebSocketMessageType.Binary);
        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    [Theory]
    [InlineData("1.1", 1000)]
    [InlineData("1.1", 1001)]
    [InlineData("1.1", 4999)]
    [InlineData("2.0", 1000)]
    [InlineData("2.0", 1001)]
    [InlineData("2.0", 4999)]
    public async Task CloseCode_OfTheClient_IsEchoed(string http, int code)
    {
        using var socket = await ConnectAsync(http);
        await CloseAsync(socket, (WebSocketCloseStatus)code);
    }

    [Theory]
    [InlineData("1.1", "bye", 1000, "last words")]
    [InlineData("1.1", "fail", 1011, "")]
    [InlineData("2.0", "bye", 1000, "last words")]
    [InlineData("2.0", "fail", 1011, "")]
    public async Task CloseCode_OfTheWorkersEnd_Arrives(string http, string message, int code, string lastWords)
    {
        using var socket = await ConnectAsync(http);
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, _patience.Token);

        Assert.Equal(lastWords, Encoding.UTF8.GetString(await ReceiveAsync(socket, int.MaxValue)));
        Assert.Equal((WebSocketCloseStatus)code, socket.CloseStatus);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", _patience.Token);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Subprotocol_IsChosenByTheServer(string http)
    {
        using var socket = await ConnectAsync(http, options =>
        {
            foreach (var name in new[] { "soap", "chat.v1", "chat.v2" })
                options.AddSubProtocol(name);
        });

        Assert.Equal("chat.v2", socket.SubProtocol);
        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Compression_Offered_IsNotAgreed(string http)
    {
        using var socket = await ConnectAsync(http, options => options.DangerousDeflateOptions = new WebSocketDeflateOptions());
        await EchoAsync(socket, ClientFrames.Letters(1000), WebSocketMessageType.Text);
        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _invoker.Dispose();
        _patience.Dispose();
    }

    private async Task<ClientWebSocket> ConnectAsync(string http, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = Version.Parse(http);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(new Uri(peers.Bridge.Url), _invoker, _patience.Token);
        Assert.Equal(http == "1.1" ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.OK, socket.HttpStatusCode);
        return socket;
    }

    private async Task EchoAsync(ClientWebSocket socket, byte[] payload, WebSocketMessageType type)
    {
        var sending = socket.SendAsync(payload, type, true, _patience.Token);
        Assert.Equal(payload, await ReceiveAsync(socket, payload.Length));
        await sending;
    }

    /// <summary>Reads so many bytes, or up to the close frame.</summary>
    private async Task<byte[]> ReceiveAsync(ClientWebSocket socket, int count)
    {
        var data = new List<byte>();
        var buffer = new byte[65536];
        while (data.Count < count)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), _patience.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                break;
            Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
            data.AddRange(buffer.AsSpan(0, received.Count));
        }

        return [.. data];
    }

    private async Task CloseAsync(ClientWebSocket socket, WebSocketCloseStatus code)
    {
        await socket.CloseAsync(code, "because", _patience.Token);
        Assert.Equal(code, socket.CloseStatus);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }
}
