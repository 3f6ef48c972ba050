using KubeWsBridge.Tests.Configuration;

namespace KubeWsBridge.Tests.Cli;

public sealed class DnsTestTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task DnsTest_WithoutName_Is64()
    {
        var run = await RunAsync("dns test");
        Assert.Equal((64, "kubewsbridge: dns test needs a NAME, such as example.com\nTry \"kubewsbridge --help\".\n"), (run.Exit, run.Error));
    }

    [Theory]
    [InlineData("dns test a b", "kubewsbridge: dns test takes no \"a b\"; values follow a flag, such as --script FILE\n")]
    [InlineData("dns", "kubewsbridge: \"dns\" is not a command of this program; there is dns test\n")]
    public async Task DnsTest_WrongWords_Is64(string arguments, string error)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((64, error + "Try \"kubewsbridge --help\".\n"), (run.Exit, run.Error));
    }

    [Theory]
    [InlineData("", "tlsDnsProvider (not set): is needed for DNS-01 challenges. Set --tls-dns-provider to rfc2136, powerdns,")]
    [InlineData("--tls-dns-provider cloudfare", "tlsDnsProvider = \"cloudfare\" (--tls-dns-provider): is not known; did you mean cloudflare?")]
    [InlineData("--tls-dns-provider cloudflare --tls-dns-param api_tokn=geheim",
        "tlsDnsParams = \"api_tokn\" (--tls-dns-param): is not a parameter of cloudflare. Did you mean api_token?")]
    [InlineData("--tls-dns-provider cloudflare", "tlsDnsParams = \"api_token\" (not set): is required by cloudflare: an API token.")]
    [InlineData("--tls-dns-provider exec --tls-dns-param command=x --tls-resolvers ns1:99999",
        "tlsResolvers = \"ns1:99999\" (--tls-resolvers): is not the address of a name server.")]
    public async Task DnsTest_BadConfiguration_Is78(string flags, string problem)
    {
        var run = await RunAsync($"dns test example.test {flags}");
        Assert.Equal((78, ""), (run.Exit, run.Output));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DnsTest_ParametersFromFileAndEnvironment_AreRead()
    {
        var token = _sandbox.Write("token", "geheim\n");
        _sandbox.Environment["PDNS_API_URL"] = "http://127.0.0.1:1";
        var yaml = _sandbox.Write("kwb.yaml", $"tlsDnsProvider: powerdns\ntlsDnsParams:\n  - api_token_file={token}\ntlsResolvers: 127.0.0.1:1\n");
        var run = await RunAsync($"dns test example.test --config {yaml}");
        // The configuration is good; there is only no name server.
        Assert.Equal(1, run.Exit);
        Assert.Contains("CNAME of _acme-challenge.example.test could not be looked up at 127.0.0.1:1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ProviderWithoutAutomate_IsWarnedOf()
    {
        var warning = Assert.Single(_sandbox.LoadSound("--tls-dns-provider", "cloudflare").Warnings);
        Assert.Equal("tlsDnsProvider from --tls-dns-provider is not used: it belongs to --tls-mode automate.", warning);
    }

    private Task<CommandRun> RunAsync(string arguments) =>
        CommandRun.OfAsync(_sandbox.Environment, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
