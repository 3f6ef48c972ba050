using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Authentication;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>One bridge with TLS for the tests of this class.</summary>
public sealed class TlsFixture() : BridgeFixture("--tls-mode", "internal", "--tls-domain", "localhost,*.bridge.test");

/// <summary>Sessions over TLS, and what their workers are told.</summary>
public sealed class SessionTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Theory]
    [InlineData(SslProtocols.Tls12, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")]
    [InlineData(SslProtocols.Tls13, "TLSv1.3", "TLS_AES_128_GCM_SHA256")]
    public async Task Worker_IsToldTheTruthAboutTls(SslProtocols protocol, string version, string cipher)
    {
        await using var client = await TlsBridge.ConnectAsync(_bridge, "a.bridge.test", protocol);
        await client.UpgradeAsync("/dump");
        var dump = await WorkerDump.ReadAsync(client);

        Assert.Equal((version, cipher, "a.bridge.test"), (dump["WSS_TLS_VERSION"], dump["WSS_TLS_CIPHER"], dump["WSS_TLS_SNI"]));
        Assert.DoesNotContain(dump.Variables, name => name.StartsWith("WSS_TLS_CLIENT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_ClientWithoutSni_HasNoSuchVariable()
    {
        await using var client = await TlsBridge.ConnectAsync(_bridge, "127.0.0.1");
        await client.UpgradeAsync("/dump");
        Assert.Null((await WorkerDump.ReadAsync(client))["WSS_TLS_SNI"]);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Megabytes_OverEitherHttp_AreEchoed(string http)
    {
        using var handler = new SocketsHttpHandler { SslOptions = TlsBridge.Client(), UseProxy = false };
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = Version.Parse(http);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var patience = new CancellationTokenSource(RawClient.Patience);
        await socket.ConnectAsync(new Uri($"wss://localhost:{_bridge.Port}/echo"), invoker, patience.Token);

        var sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);
        var sending = socket.SendAsync(sent, WebSocketMessageType.Binary, true, patience.Token);
        var received = new MemoryStream();
        var buffer = new byte[65536];
        while (received.Length < sent.Length)
            received.Write(buffer, 0, (await socket.ReceiveAsync(buffer, patience.Token)).Count);
        await sending;

        Assert.Equal(sent, received.ToArray());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Client_LeavesWithoutAWord_TheWorkerEnds()
    {
        await using var client = await TlsBridge.ConnectAsync(_bridge);
        await client.UpgradeAsync("/echo");
        await client.SendTextAsync("x");
        await client.ReadDataAsync(1);
        client.Reset();
        await _bridge.LoggedAsync("Session closed: client-gone");
    }

    [Fact]
    public async Task Plain_Http_IsCutOff()
    {
        await using var client = await RawClient.TcpAsync(_bridge.Port);
        await client.SendAsync(RawClient.Handshake());
        Assert.Null(await client.ReadExactlyAsync(100));
    }

    [Fact]
    public async Task Alpn_OfAnotherProtocol_IsRefused()
    {
        var options = TlsBridge.Client();
        options.ApplicationProtocols = [new SslApplicationProtocol("imap")];
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => RawClient.TlsAsync(_bridge.Port, options));
    }

    [Fact]
    public async Task Resumption_OfASession_Works()
    {
        foreach (var version in new[] { "-tls1_2", "-tls1_3" })
        {
            // The server ends the connection after its answer, and s_client with it.
            var connect = $"printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -ign_eof -connect 127.0.0.1:{_bridge.Port} {version}";
            var said = await TlsBridge.RunAsync("bash", "bash", "-c", $"f=$(mktemp); {connect} -sess_out $f >/dev/null 2>&1; {connect} -sess_in $f 2>&1; rm $f");
            Assert.Contains("\nReused, ", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SilentClient_LosesItsPlaceAfterTheTimeout()
    {
        await using var bridge = await TlsBridge.StartAsync("--header-timeout", "500ms", "--tls-key-type", "ed25519");
        await using var silent = await RawClient.TcpAsync(bridge.Port);
        await using var halfway = await RawClient.TcpAsync(bridge.Port);
        await halfway.SendAsync(22, 3, 1, 2, 0, 1, 0, 1, 0xFC);

        Assert.Null(await silent.ReadExactlyAsync(1));
        Assert.Null(await halfway.ReadExactlyAsync(1));
    }

    [Fact]
    public async Task Alpn_OneAskedFor_IsTheOnlyOne()
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-alpn", "http/1.1");
        var options = TlsBridge.Client();
        options.ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];
        await using var client = await RawClient.TlsAsync(bridge.Port, options);
        Assert.Equal(SslApplicationProtocol.Http11, client.Tls.NegotiatedApplicationProtocol);
    }
}
