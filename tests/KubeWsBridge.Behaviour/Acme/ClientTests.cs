using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Tls;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Clients that trust the authority's root, and nothing else, accept what is served.</summary>
[Collection(AcmeCollection.Name)]
public sealed class ClientTests(PlainPebble pebble) : IClassFixture<PlainPebble>
{
    [Fact]
    public async Task OpenSslCurlAndChromium_ThatTrustTheRoot_Accept()
    {
        using var setup = new AcmeSetup(pebble.Server);
        await using var bridge = await setup.StartAsync(setup.Ports);
        await AcmeSetup.ServedAsync(bridge);
        var root = setup.PathOf("root.pem");
        File.WriteAllText(root, (await pebble.Server.RootAsync()).ExportCertificatePem());
        var (name, port) = (setup.Name, bridge.Port);

        var openssl = await TlsBridge.RunAsync("openssl", "openssl",
            "s_client", "-connect", $"127.0.0.1:{port}", "-servername", name, "-verify_hostname", name, "-CAfile", root, "-no-CApath", "-verify_return_error");
        Assert.Contains("Verify return code: 0 (ok)", openssl, StringComparison.Ordinal);
        Assert.Equal("426", await TlsBridge.RunAsync("curl", "curl",
            "-s", "--noproxy", "*", "--cacert", root, "--resolve", $"{name}:{port}:127.0.0.1", "-o", "/dev/null", "-w", "%{http_code}", $"https://{name}:{port}/"));
        Assert.Equal("hello\n", await ChromiumAsync(setup, root));
        Assert.Equal("closed with 1006\n", await ChromiumAsync(setup, trusted: null));

        async Task<string> ChromiumAsync(AcmeSetup owner, string? trusted)
        {
            var home = Directory.CreateDirectory(owner.PathOf(trusted is null ? "doubting" : "trusting")).FullName;
            if (trusted is not null)
            {
                var database = Directory.CreateDirectory(Path.Combine(home, ".pki", "nssdb")).FullName;
                await CertutilAsync("-N", "--empty-password", "-d", $"sql:{database}");
                await CertutilAsync("-A", "-t", "C,,", "-n", "pebble", "-i", trusted, "-d", $"sql:{database}");
            }

            return await TlsBridge.RunAsync("env", "coreutils",
                $"HOME={home}", Peers.Find("node", "apt-get install nodejs npm"), PeerClients.PeerFolder.File("node", "acme-chromium.mjs"),
                Peers.Find("chromium", "apt-get install chromium"), Path.Combine(home, "profile"), name, $"wss://{name}:{port}/echo");
        }
    }

    private static async Task CertutilAsync(params string[] arguments) =>
        Assert.Equal("", await TlsBridge.RunAsync("certutil", "libnss3-tools", arguments));
}
