using System.Net.WebSockets;
using System.Security.Authentication;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>The table of key types, versions and clients.</summary>
public sealed class KeyTypeTests
{
    public static TheoryData<string, string> KeyTypes => new()
    {
        // What OpenSSL calls the signature of such a key.
        { "p256", "ECDSA" },
        { "p384", "ECDSA" },
        { "rsa2048", "RSA" },
        { "rsa4096", "RSA" },
        { "ed25519", "Ed25519" },
    };

    [Theory]
    [MemberData(nameof(KeyTypes))]
    public async Task KeyType_EveryClientAndVersion_Works(string keyType, string signature)
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-key-type", keyType);
        foreach (var version in new[] { "1.2", "1.3" })
        {
            Assert.Contains($"Peer signature type: {signature}", await OpenSslAsync(bridge, version), StringComparison.OrdinalIgnoreCase);
            Assert.Equal("426", await CurlAsync(bridge, version));
            Assert.Equal($"TLSv{version} hello\n", await NodeAsync(bridge, version));
            Assert.Equal("hello", await DotNetAsync(bridge, version == "1.2" ? SslProtocols.Tls12 : SslProtocols.Tls13));
        }
    }

    [Fact]
    public async Task Ed25519_ClientThatDoesNotTakeIt_IsShownP256()
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-key-type", "ed25519");
        foreach (var version in new[] { "1.2", "1.3" })
            Assert.Contains("Peer signature type: ECDSA", await OpenSslAsync(bridge, version, "-sigalgs", "ECDSA+SHA256:RSA-PSS+SHA256"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryKeyType_InChromium_Works()
    {
        // Chromium takes no Ed25519, and says so in its hello.
        var bridges = new List<BridgeProcess>();
        try
        {
            foreach (var row in KeyTypes)
                bridges.Add(await TlsBridge.StartAsync("--tls-key-type", (string)row[0]));
            foreach (var version in new[] { "tls1.2", "tls1.3" })
                Assert.Equal("", await ChromiumAsync(version, bridges.Select(bridge => $"wss://localhost:{bridge.Port}/echo")));
            foreach (var bridge in bridges)
                Assert.Equal(2, bridge.CountLogged("Session opened"));
        }
        finally
        {
            foreach (var bridge in bridges)
                await bridge.DisposeAsync();
        }
    }

    // A client of TLS 1.2 takes a P-256 certificate only if that curve is in its list too (RFC 8422 section 5.1), so P-256 is there wherever it may be.
    [Theory]
    [InlineData("x25519", "X25519:P-256", "P-256:P-384", "X25519,")]
    [InlineData("P-256", "P-256", "X25519:P-384", "ECDH, prime256v1,")]
    [InlineData("secp384r1", "P-384:P-256", "X25519:P-256", "ECDH, secp384r1,")]
    [InlineData("p521", "P-521:P-256", "X25519:P-256", "ECDH, secp521r1,")]
    [InlineData("x448", "X448:P-256", "X25519:P-256", "X448,")]
    public async Task Curve_Alone_IsAcceptedAndAllOthersAreNot(string curve, string clients, string others, string used)
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-curves", curve);
        foreach (var version in new[] { "1.2", "1.3" })
        {
            Assert.Contains($"Server Temp Key: {used}", await OpenSslAsync(bridge, version, "-groups", clients), StringComparison.Ordinal);
            Assert.Contains("alert handshake failure", await OpenSslAsync(bridge, version, "-groups", others), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Curve_Ffdhe_IsForTls13Only()
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-curves", "ffdhe2048");
        Assert.Contains("Server Temp Key: DH, 2048 bits", await OpenSslAsync(bridge, "1.3", "-groups", "ffdhe2048"), StringComparison.Ordinal);
        Assert.Contains("alert protocol version", await OpenSslAsync(bridge, "1.2"), StringComparison.Ordinal);
    }

    private static Task<string> OpenSslAsync(BridgeProcess bridge, string version, params string[] more) => TlsBridge.RunAsync(
        "openssl", "openssl", ["s_client", "-connect", $"127.0.0.1:{bridge.Port}", "-servername", "localhost", $"-tls{version.Replace('.', '_')}", .. more]);

    private static Task<string> CurlAsync(BridgeProcess bridge, string version) => TlsBridge.RunAsync(
        "curl", "curl", "-sk", "--noproxy", "*", $"--tlsv{version}", "--tls-max", version, "-o", "/dev/null", "-w", "%{http_code}", $"https://localhost:{bridge.Port}/");

    private static Task<string> NodeAsync(BridgeProcess bridge, string version) => TlsBridge.RunAsync(
        "node", "nodejs", PeerClients.PeerFolder.File("node", "tls.js"), $"wss://localhost:{bridge.Port}/echo", $"TLSv{version}");

    private static async Task<string> DotNetAsync(BridgeProcess bridge, SslProtocols protocol)
    {
        using var handler = new SocketsHttpHandler { SslOptions = TlsBridge.Client(protocols: protocol), UseProxy = false };
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(RawClient.Patience);
        await socket.ConnectAsync(new Uri($"wss://localhost:{bridge.Port}/echo"), invoker, patience.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, patience.Token);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task<string> ChromiumAsync(string version, IEnumerable<string> urls)
    {
        var profile = Directory.CreateTempSubdirectory("kwb-chromium-");
        try
        {
            return await TlsBridge.RunAsync(
                "node", "nodejs",
                [PeerClients.PeerFolder.File("node", "tls-chromium.mjs"), Peers.Find("chromium", "apt-get install chromium"), profile.FullName, version, .. urls]);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}
