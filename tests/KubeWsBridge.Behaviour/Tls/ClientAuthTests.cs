using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Certificates.Tests;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>Four ways to ask for client certificates, nine kinds of answers.</summary>
public sealed class ClientAuthTests : IDisposable
{
    private readonly TestAuthority _root = new("root");
    private readonly TestAuthority _stranger = new("stranger");
    private readonly CertificateFolder _folder = new();

    public static TheoryData<string, string> Modes => new()
    {
        { "request", "none good via-sent via-unsent wrong-ca self-signed expired not-yet server-only" },
        { "require", "good via-sent via-unsent wrong-ca self-signed expired not-yet server-only" },
        { "verify-if-given", "none good via-sent" },
        { "require-and-verify", "good via-sent" },
    };

    public void Dispose()
    {
        _folder.Dispose();
        _root.Dispose();
        _stranger.Dispose();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Mode_NineKindsOfCertificates_ServesTheseAndNoOthers(string mode, string served)
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-client-auth", mode, "--tls-client-auth-ca", _folder.Write("ca.pem", _root.Pem));
        using var intermediate = new TestAuthority("intermediate", _root);
        var kinds = new Dictionary<string, SslStreamCertificateContext?>
        {
            ["none"] = null,
            ["good"] = Context(_root.Issue("good", use: TestAuthority.ClientUse)),
            ["via-sent"] = Context(intermediate.Issue("via-sent", use: TestAuthority.ClientUse), intermediate.Certificate),
            ["via-unsent"] = Context(intermediate.Issue("via-unsent", use: TestAuthority.ClientUse)),
            ["wrong-ca"] = Context(_stranger.Issue("wrong-ca", use: TestAuthority.ClientUse)),
            ["self-signed"] = Context(TestAuthority.SelfSigned("self-signed", TestAuthority.ClientUse)),
            ["expired"] = Context(_root.Issue("expired", use: TestAuthority.ClientUse, from: -10, to: -5)),
            ["not-yet"] = Context(_root.Issue("not-yet", use: TestAuthority.ClientUse, from: 5, to: 10)),
            ["server-only"] = Context(_root.Issue("server-only", use: TestAuthority.ServerUse)),
        };

        foreach (var version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
        {
            var good = new List<string>();
            foreach (var (kind, context) in kinds)
                if (await IsServedAsync(bridge, version, context))
                    good.Add(kind);
            Assert.Equal(served, string.Join(' ', good));
        }
    }

    [Fact]
    public async Task VerifiedClient_IsDescribedToTheWorker()
    {
        await using var bridge = await TlsBridge.StartAsync(
            "--tls-client-auth", "require-and-verify", "--tls-client-auth-ca", _folder.Write("ca.pem", _root.Pem));
        var certificate = _root.Issue("client", use: TestAuthority.ClientUse, names: ["client.test", "other.test"]);
        var dump = await DumpAsync(bridge, certificate);

        Assert.Equal("1", dump["WSS_TLS_CLIENT_VERIFIED"]);
        Assert.Equal(("CN=client", "CN=root"), (dump["WSS_TLS_CLIENT_SUBJECT"], dump["WSS_TLS_CLIENT_ISSUER"]));
        Assert.Equal(certificate.SerialNumber, dump["WSS_TLS_CLIENT_SERIAL"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)), dump["WSS_TLS_CLIENT_FINGERPRINT"]);
        Assert.Equal("DNS:client.test, DNS:other.test", dump["WSS_TLS_CLIENT_SANS"]);
    }

    [Fact]
    public async Task UnverifiedClient_NothingButThatIsTold()
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-client-auth", "require");
        var dump = await DumpAsync(bridge, TestAuthority.SelfSigned("admin", TestAuthority.ClientUse));
        Assert.Equal(["WSS_TLS_CLIENT_VERIFIED"], dump.Variables.Where(name => name.StartsWith("WSS_TLS_CLIENT", StringComparison.Ordinal)));
        Assert.Equal("0", dump["WSS_TLS_CLIENT_VERIFIED"]);
    }

    [Fact]
    public async Task ResumedSession_KeepsTheCertificate()
    {
        using var intermediate = new TestAuthority("intermediate", _root);
        var files = _folder.Write("client", intermediate.Issue("client", use: TestAuthority.ClientUse), intermediate.Certificate);
        await using var bridge = await TlsBridge.StartAsync(
            "--tls-client-auth", "require-and-verify", "--tls-client-auth-ca", _folder.Write("ca.pem", _root.Pem));
        foreach (var version in new[] { "-tls1_2", "-tls1_3" })
        {
            var connect = $"printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -ign_eof -connect 127.0.0.1:{bridge.Port} {version} "
                + $"-cert {files.Certificate} -cert_chain {files.Certificate} -key {files.Key}";
            var session = Path.Combine(_folder.Path, "session" + version);
            var said = await TlsBridge.RunAsync("bash", "bash", "-c", $"{connect} -sess_out {session} >/dev/null 2>&1; {connect} -sess_in {session} 2>&1");
            Assert.Contains("\nReused, ", said, StringComparison.Ordinal);
            Assert.Contains("HTTP/1.1 4", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AuthoritiesChangeOnDisk_NewClientsAreJudgedByThem()
    {
        var authorities = _folder.Write("ca.pem", _root.Pem);
        await using var bridge = await TlsBridge.StartAsync("--tls-client-auth", "require-and-verify", "--tls-client-auth-ca", authorities);
        var (old, other) = (Context(_root.Issue("old", use: TestAuthority.ClientUse)), Context(_stranger.Issue("other", use: TestAuthority.ClientUse)));
        Assert.Equal((true, false), (await IsServedAsync(bridge, SslProtocols.Tls13, old), await IsServedAsync(bridge, SslProtocols.Tls13, other)));

        _folder.Write("ca.pem", _stranger.Pem);
        bridge.Signal(1);
        await bridge.LoggedAsync("Certificates were read again: 1");

        Assert.Equal((false, true), (await IsServedAsync(bridge, SslProtocols.Tls13, old), await IsServedAsync(bridge, SslProtocols.Tls13, other)));
        await bridge.LoggedAsync("A handshake was refused because of the client's certificate: CN=old");
    }

    // A plain request is answered with 426: the client has got through TLS, and no worker is needed to see it.
    private static async Task<bool> IsServedAsync(BridgeProcess bridge, SslProtocols version, SslStreamCertificateContext? certificate)
    {
        try
        {
            var options = TlsBridge.Client(protocols: version);
            options.ClientCertificateContext = certificate;
            await using var client = await RawClient.TlsAsync(bridge.Port, options);
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
            await client.ReadResponseAsync();
            return client.Status == 426;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private static async Task<WorkerDump> DumpAsync(BridgeProcess bridge, X509Certificate2 certificate)
    {
        var options = TlsBridge.Client();
        options.ClientCertificateContext = Context(certificate);
        await using var client = await RawClient.TlsAsync(bridge.Port, options);
        await client.UpgradeAsync("/dump");
        return await WorkerDump.ReadAsync(client);
    }

    private static SslStreamCertificateContext Context(X509Certificate2 certificate, params X509Certificate2[] chain) =>
        SslStreamCertificateContext.Create(certificate, [.. chain], offline: true);
}
