using System.Diagnostics;
using System.Net;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Tests.Dns.Servers;

namespace KubeWsBridge.Behaviour.Dns;

/// <summary>The command by which people try a provider, with a real name server.</summary>
public sealed class DnsTestTests(BindServer server) : IClassFixture<BindServer>
{
    private string Place => $"127.0.0.1:{server.Port}";

    [Fact]
    public async Task DnsTest_GoodCredentials_AddsSeesAndRemoves()
    {
        var (exit, output, error) = await RunAsync("www.example.test");
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(
            $"""
            Adding a TXT record for _acme-challenge.www.example.test by rfc2136 ...
            Added at _acme-challenge.www.example.test in zone example.test, with a time to live of 60 s.
            Looking for it in 0 s ...
            Seen on ns1.example.test ({Place}).
            Removed. rfc2136 works for _acme-challenge.www.example.test.

            """, output);
        Assert.Empty(await TextsAsync("_acme-challenge.www.example.test"));
    }

    [Fact]
    public async Task DnsTest_WildcardOfADelegatedName_FollowsTheAlias()
    {
        var (exit, output, _) = await RunAsync("*.alias.example.test");
        Assert.Equal(0, exit);
        Assert.Contains("Added at alias.delegated.test in zone delegated.test", output, StringComparison.Ordinal);
        Assert.Empty(await TextsAsync("alias.delegated.test"));
    }

    [Fact]
    public async Task DnsTest_WrongKey_SaysSoWithoutShowingIt()
    {
        var wrong = Convert.ToBase64String(new byte[32]);
        var (exit, _, error) = await RunAsync("www.example.test", wrong);
        Assert.Equal(1, exit);
        Assert.Contains("the secret of the key Key-hmac-sha256 is not the one it has", error, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DnsTest_InterruptedWhileItWaits_RemovesTheRecord()
    {
        using var process = Start("www.interrupted.example.test", TestKeys.Secret("hmac-sha256"), "60");
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Looking", StringComparison.Ordinal))
        {
        }
        Assert.Single(await TextsAsync("_acme-challenge.www.interrupted.example.test"));
        using var kill = Process.Start("/bin/kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync();
        Assert.Equal((1, "kubewsbridge: interrupted.\n"), (process.ExitCode, await process.StandardError.ReadToEndAsync()));
        Assert.Empty(await TextsAsync("_acme-challenge.www.interrupted.example.test"));
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(string name, string? secret = null)
    {
        using var process = Start(name, secret ?? TestKeys.Secret("hmac-sha256"), "0");
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0], texts[1]);
    }

    // Whoever runs the tests in the background has SIGINT ignored, and programs keep it so.
    private Process Start(string name, string secret, string delay) => Process.Start(new ProcessStartInfo("/usr/bin/env",
        [
            "--default-signal=INT", BridgeProcess.Program, "dns", "test", name, "--tls-dns-provider", "rfc2136", "--tls-dns-param", $"server={Place}",
            "--tls-dns-param", $"key_name={TestKeys.Name("hmac-sha256")}", "--tls-resolvers", Place, "--tls-propagation-delay", delay,
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["DNSUPDATE_TSIG_SECRET"] = secret },
    })!;

    private async Task<IReadOnlyList<string>> TextsAsync(string name)
    {
        var place = new IPEndPoint(IPAddress.Loopback, server.Port);
        return (await new DnsLookup([place]).ReadTextsAsync(new NameServer("test", [place]), name, default))!;
    }
}
