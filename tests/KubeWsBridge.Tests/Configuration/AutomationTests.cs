using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Tests.Configuration;

public sealed class AutomationTests : IDisposable
{
    private const string Automate = "--tls-mode automate --tls-domain a.test ";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void NothingElse_IsLetsEncryptByHttpAndAlpn()
    {
        var program = Load("").Program;
        var automation = program.Automation!;
        Assert.Equal((TlsMode.Automate, true), (program.Tls!.Mode, program.Tls.AnswersChallenges));
        Assert.Equal(Issuer.LetsEncrypt, Assert.Single(automation.Certificate.Issuers).Directory);
        Assert.Equal(["http-01", "tls-alpn-01"], automation.Challenges);
        Assert.Equal(("./acme-state", 0.33, false), (automation.Storage.Directory, automation.Certificate.RenewalWindowRatio, automation.IsNeededForReadiness));
        Assert.Equal([new("0.0.0.0", 8080, ListenerKind.Tls), new("0.0.0.0", 80, ListenerKind.Challenge)], program.Listeners);
    }

    [Fact]
    public void EveryOption_ArrivesInTheSettings()
    {
        var roots = _sandbox.Write("roots.pem", Certificate());
        var automation = Load(
            "--tls-domain *.b.test --tls-email me@a.test --tls-acme-state-dir /state --tls-force-acme --tls-renewal-window-ratio 0.5 --tls-reuse-private-keys "
            + "--tls-key-type rsa2048 --tls-eab-key-id id --tls-eab-mac-key c2VjcmV0 --tls-acme-directory https://ca.test/dir,letsencrypt-staging "
            + $"--tls-acme-ca-file {roots} --tls-acme-preferred-chain Root --tls-acme-profile shortlived --tls-ready-needs-certificate --tls-dns-provider exec "
            + "--tls-dns-param command=/bin/true --tls-dns-ttl 90").Program.Automation!;
        var certificate = automation.Certificate;
        Assert.Equal(["a.test", "*.b.test"], certificate.Names.Select(name => name.Value));
        Assert.Equal(("rsa2048", true, 0.5, true), (certificate.KeyType, certificate.ReusePrivateKey, certificate.RenewalWindowRatio, certificate.OrderAtStart));
        Assert.Equal((KeyType.Rsa2048, "/state", true), (automation.KeyType, automation.Storage.Directory, automation.IsNeededForReadiness));
        Assert.Equal(["dns-01"], automation.Challenges);
        Assert.Equal(TimeSpan.FromSeconds(90), automation.Dns!.Challenges.Ttl);
        var (own, staging) = (certificate.Issuers[0], certificate.Issuers[1]);
        Assert.Equal((new Uri("https://ca.test/dir"), "me@a.test", "id", "Root", "shortlived"),
            (own.Directory, own.Email, own.ExternalAccount?.KeyId, own.PreferredChain, own.Profile));
        Assert.Single(own.TrustedRoots!);
        // Neither the account elsewhere nor the private root has to do with the second authority.
        Assert.Equal((Issuer.LetsEncryptStaging, null, null), (staging.Directory, staging.ExternalAccount, staging.TrustedRoots));
    }

    [Theory]
    [InlineData("--tls-redirect-port 80", "Tls, Redirect")]
    [InlineData("--tls-acme-http-port 81", "Tls, Challenge")]
    [InlineData("--tls-redirect-port 80 --tls-acme-http-port 81", "Tls, Redirect, Challenge")]
    public void ChallengeListener_IsAddedUnlessAnotherHasItsPort(string flags, string kinds) =>
        Assert.Equal(kinds, string.Join(", ", Load(flags).Program.Listeners.Select(listener => listener.Kind)));

    [Fact]
    public void DnsAlone_OpensNoPort()
    {
        var program = Load("--tls-dns-provider exec --tls-dns-param command=/bin/true").Program;
        Assert.Equal(ListenerKind.Tls, Assert.Single(program.Listeners).Kind);
        Assert.False(program.Tls!.AnswersChallenges);
    }

    [Theory]
    [InlineData("--tls-mode automate", "tlsDomains (not set): is required in automate mode. Name what the certificate is for: --tls-domain ws.example.com.")]
    [InlineData(Automate + "--tls-domain *.b.test",
        "tlsDomains = \"*.b.test\" (--tls-domain): is a wildcard, which only dns-01 proves. Set --tls-dns-provider, or name each domain.")]
    [InlineData(Automate + "--tls-domain 192.0.2.1 --tls-dns-provider exec --tls-dns-param command=/bin/true",
        "tlsDomains = \"192.0.2.1\" (--tls-domain): is an address, which dns-01 can't prove. Set --tls-acme-challenge http-01.")]
    [InlineData(Automate + "--tls-domain a_b!c", "tlsDomains = \"a_b!c\" (--tls-domain): is neither a DNS name nor an IP address. "
        + "\"a_b!c\" is neither a DNS name nor an IP address.")]
    [InlineData(Automate + "--tls-acme-challenge dns-01", "tlsDnsProvider (not set): is needed for DNS-01 challenges. ")]
    [InlineData(Automate + "--tls-eab-key-id id", "tlsEabKeyId = \"id\" (--tls-eab-key-id): needs tlsEabMacKey beside it. Set --tls-eab-mac-key, or remove it.")]
    [InlineData(Automate + "--tls-eab-key-id id --tls-eab-mac-key !", "tlsEabMacKey = \"***\" (--tls-eab-mac-key): can't be used. ")]
    [InlineData(Automate + "--tls-acme-ca-file /nowhere/ca.pem", "tlsAcmeCaFile = \"/nowhere/ca.pem\" (--tls-acme-ca-file): does not exist. Give the path of a PEM file.")]
    [InlineData(Automate + "--ws-port 80", "tlsAcmeHttpPort = \"80\" (default): is the port of a listener with TLS, and http-01 is asked for without. "
        + "Give the two ports of their own; authorities come to port 80.")]
    [InlineData(Automate + "--tls-on-demand", "tlsOnDemand = \"true\" (--tls-on-demand): would obtain certificates for whatever anybody asks for. "
        + "Name those that may be: --tls-on-demand-allow, or who knows: --tls-on-demand-ask.")]
    [InlineData(Automate + "--tls-on-demand --tls-on-demand-ask ftp://a.test",
        "tlsOnDemandAsk = \"ftp://a.test\" (--tls-on-demand-ask): is no URL that could be asked. Give an http or https URL.")]
    [InlineData(Automate + "--tls-cert a.pem", "tlsCert = \"a.pem\" (--tls-cert): is for manual mode, and tlsMode is automate (--tls-mode). ")]
    public void BadCombination_IsRefusedWithASentence(string flags, string expected) =>
        Assert.StartsWith(expected, Assert.Single(_sandbox.Load(flags.Split(' ')).Problems).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("--tls-on-demand-allow b.test", "tlsOnDemandAllow from --tls-on-demand-allow is not used: tlsOnDemand is false.")]
    [InlineData("--tls-key-type ed25519", "tlsKeyType is ed25519: browsers do not take such certificates, and public authorities do not issue them.")]
    [InlineData("--tls-state-dir /x", "tlsStateDir (--tls-state-dir) is for internal mode; automate mode keeps its state in tlsAcmeStateDir (./acme-state).")]
    [InlineData("--tls-dns-provider exec --tls-acme-challenge http-01", "tlsDnsProvider from --tls-dns-provider is not used: dns-01 is not among tlsAcmeChallenge.")]
    [InlineData("--tls-ready-needs-certificate", "tlsReadyNeedsCertificate (--tls-ready-needs-certificate) with http-01 and tls-alpn-01: a Service sends nothing to a "
        + "pod that is not ready, challenges among it. Set publishNotReadyAddresses on the Service they come through.")]
    public void DoubtfulCombination_IsWarnedOf(string flags, string expected) => Assert.Equal(expected, Assert.Single(Load(flags).Warnings));

    private LoadedConfiguration Load(string flags) =>
        _sandbox.LoadSound((Automate + flags).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Certificate()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Root", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }
}
