using System.Net.Security;
using System.Security.Authentication;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Certificates.Tests.Tls;

public class ContextTuningTests
{
    private static readonly FakeTimeProvider Time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Default_ClientWithCbcOnly_IsRefused()
    {
        var options = await ServeAsync(new TlsSettings { Mode = TlsMode.Internal });
        Assert.Null(await Handshakes.TryAsync(options, WithSuites(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384)));
        Assert.NotNull(await Handshakes.TryAsync(options, WithSuites(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)));
    }

    [Theory]
    [InlineData("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", SslProtocols.Tls12)]
    [InlineData("ECDHE-ECDSA-AES128-CCM", SslProtocols.Tls12)]
    [InlineData("TLS_CHACHA20_POLY1305_SHA256", SslProtocols.Tls13)]
    [InlineData("TLS_AES_128_CCM_SHA256", SslProtocols.Tls13)]
    public async Task Suites_OneAskedFor_IsTheOnlyOneAndDecidesTheVersion(string name, SslProtocols version)
    {
        var suite = CipherSuites.Find(name)!;
        var options = await ServeAsync(new TlsSettings { Mode = TlsMode.Internal, Suites = [suite] });
        var client = Handshakes.Client();
        client.CipherSuitesPolicy = new CipherSuitesPolicy(CipherSuites.All.Select(one => one.Id));

        var outcome = await Handshakes.TryAsync(options, client);

        Assert.Equal((version, suite.Id), (outcome!.Protocol, outcome.Suite));
        Assert.Null(await Handshakes.TryAsync(options, Handshakes.Client(protocols: version == SslProtocols.Tls12 ? SslProtocols.Tls13 : SslProtocols.Tls12)));
    }

    [Fact]
    public async Task Suites_Order_IsOurs()
    {
        var suites = new[] { "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384" }.Select(name => CipherSuites.Find(name)!);
        var options = await ServeAsync(new TlsSettings { Mode = TlsMode.Internal, Suites = [.. suites] });
        Assert.Equal(TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, (await Handshakes.TryAsync(options))!.Suite);
    }

    [Theory]
    [InlineData(KeyType.P256)]
    [InlineData(KeyType.P384)]
    [InlineData(KeyType.Rsa2048)]
    [InlineData(KeyType.Ed25519)]
    public async Task EveryKeyType_BothVersions_Work(KeyType type)
    {
        var options = await ServeAsync(new TlsSettings { Mode = TlsMode.Internal, KeyType = type });
        foreach (var version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
            Assert.Equal(version, (await Handshakes.TryAsync(options, Handshakes.Client(protocols: version)))!.Protocol);
    }

    [Fact]
    public async Task Groups_HundredCertificates_AllKeepTheirsThroughThePassesOfTheCache()
    {
        // The cache of .NET drops contexts that nobody uses; a new one would know nothing of the groups.
        var settings = new TlsSettings { Mode = TlsMode.Internal, Suites = [CipherSuites.Find("TLS_CHACHA20_POLY1305_SHA256")!], Groups = [KeyGroups.Find("p384")!] };
        var served = new List<SslServerAuthenticationOptions>();
        for (var i = 0; i < 100; i++)
            served.Add(await ServeAsync(settings with { Domains = [$"host{i}.test"] }));
        for (var i = 0; i < 100; i++)
            await Handshakes.TryAsync(served[i]);

        foreach (var options in served)
            Assert.Equal(TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, (await Handshakes.TryAsync(options))!.Suite);
    }

    [Fact]
    public async Task Open_GroupThisOpenSslDoesNotHave_IsRefusedWithASentence()
    {
        var settings = new TlsSettings { Mode = TlsMode.Internal, Groups = [new KeyGroup("nosuchgroup")] };
        var refused = await Assert.ThrowsAsync<TlsStartException>(() => ServeAsync(settings));
        Assert.Contains("this OpenSSL does not have all of the groups nosuchgroup", refused.Message, StringComparison.Ordinal);
    }

    private static SslClientAuthenticationOptions WithSuites(params TlsCipherSuite[] suites)
    {
        var client = Handshakes.Client(protocols: SslProtocols.Tls12);
        client.CipherSuitesPolicy = new CipherSuitesPolicy(suites);
        return client;
    }

    private static async Task<SslServerAuthenticationOptions> ServeAsync(TlsSettings settings) =>
        (await TlsServer.OpenAsync(settings, Time, new RecordingLogger())).Store.Current.All[0].Options;
}
