using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>Let's Encrypt's small ACME server, in strict mode, and the DNS server that it looks names up in.</summary>
public sealed class PebbleServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kwb-pebble-");
    private readonly ServiceProcess _pebble;
    private readonly ServiceProcess _challenges;
    private readonly HttpClient _http;
    private readonly string _managementUrl;
    private readonly string _dnsUrl;

    private PebbleServer(PebbleOptions options)
    {
        var ports = FreePorts.Take(6);
        var (acme, management, dns, dnsManagement) = (ports[0], ports[1], ports[2], ports[3]);
        (HttpPort, TlsPort) = (ports[4], ports[5]);
        (_managementUrl, _dnsUrl) = ($"https://127.0.0.1:{management}", $"http://127.0.0.1:{dnsManagement}");
        DirectoryUrl = new($"https://127.0.0.1:{acme}/dir");

        var (certificate, key, configuration) = (PathOf("cert.pem"), PathOf("key.pem"), PathOf("pebble.json"));
        Roots = [ServerCertificate.Write(certificate, key)];
        File.WriteAllText(configuration, Configuration(options, acme, management, certificate, key).ToJsonString());

        _challenges = new("pebble-challtestsrv",
        [
            "-management", $"127.0.0.1:{dnsManagement}", "-dns01", $"127.0.0.1:{dns}", "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "",
            "-http01", "", "-https01", "", "-tlsalpn01", "",
        ]);
        _pebble = new("pebble", ["-config", configuration, "-strict", "-dnsserver", $"127.0.0.1:{options.DnsPort ?? dns}"],
            ("PEBBLE_VA_NOSLEEP", "1"),
            ("PEBBLE_WFE_NONCEREJECT", $"{options.RefusedNonces}"),
            ("PEBBLE_AUTHZREUSE", $"{options.ReusedAuthorizations}"),
            ("PEBBLE_ALTERNATE_ROOTS", $"{options.AlternateRoots}"));
        _http = new(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.RawData.AsSpan().SequenceEqual(Roots[0].RawData),
        });
    }

    public Uri DirectoryUrl { get; }

    /// <summary>What its own HTTPS is to be trusted by.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>Where it looks for http-01.</summary>
    public int HttpPort { get; }

    /// <summary>Where it looks for tls-alpn-01.</summary>
    public int TlsPort { get; }

    /// <summary>What it has printed.</summary>
    public string Output => _pebble.Output;

    public static async Task<PebbleServer> StartAsync(PebbleOptions? options = null)
    {
        var server = new PebbleServer(options ?? new());
        try
        {
            await server.WaitAsync(server.DirectoryUrl.AbsoluteUri, server._pebble);
            await server.WaitAsync(server._dnsUrl, server._challenges);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A client that asks again as fast as tests want it, since half of all nonces are refused here.</summary>
    public AcmeClient Client(HttpMessageHandler? handler = null) => new(
        new() { Directory = DirectoryUrl, TrustedRoots = Roots, Retries = new RetryOptions { BadNonces = 30, FirstWait = TimeSpan.FromMilliseconds(20) } },
        handler: handler);

    /// <summary>A root certificate that it signs under; those after the first sign alternate chains.</summary>
    public async Task<X509Certificate2> RootAsync(int number = 0) => X509Certificate2.CreateFromPem(await _http.GetStringAsync($"{_managementUrl}/roots/{number}"));

    /// <summary>Valid or Revoked.</summary>
    public async Task<string> StatusAsync(X509Certificate2 certificate)
    {
        var status = JsonNode.Parse(await _http.GetStringAsync($"{_managementUrl}/cert-status-by-serial/{certificate.SerialNumber.TrimStart('0')}"));
        return (string)status!["Status"]!;
    }

    /// <summary>Adds a TXT value to a name.</summary>
    internal async Task AddTxtAsync(string fqdn, string value, CancellationToken cancellationToken)
    {
        var response = await _http.PostAsJsonAsync($"{_dnsUrl}/set-txt", new { host = fqdn + ".", value }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Removes all TXT values of a name: this server knows no other way.</summary>
    internal async Task ClearTxtAsync(string fqdn, CancellationToken cancellationToken)
    {
        var response = await _http.PostAsJsonAsync($"{_dnsUrl}/clear-txt", new { host = fqdn + "." }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _pebble.Dispose();
        _challenges.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task WaitAsync(string url, ServiceProcess process)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); ; await Task.Delay(50))
        {
            try
            {
                using var response = await _http.GetAsync(url);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && DateTime.UtcNow < deadline)
            {
            }
        }
    }

    private JsonObject Configuration(PebbleOptions options, int acme, int management, string certificate, string key)
    {
        var pebble = new JsonObject
        {
            ["listenAddress"] = $"127.0.0.1:{acme}",
            ["managementListenAddress"] = $"127.0.0.1:{management}",
            ["certificate"] = certificate,
            ["privateKey"] = key,
            ["httpPort"] = HttpPort,
            ["tlsPort"] = TlsPort,
            ["certificateValidityPeriod"] = options.Validity,
            ["domainBlocklist"] = new JsonArray([.. options.Blocked.Select(name => JsonValue.Create(name))]),
            ["externalAccountBindingRequired"] = options.ExternalAccount is not null,
        };
        if (options.ExternalAccount is var (keyId, macKey))
            pebble["externalAccountMACKeys"] = new JsonObject { [keyId] = macKey };
        return new() { ["pebble"] = pebble };
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
