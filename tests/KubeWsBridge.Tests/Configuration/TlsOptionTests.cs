using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Tests.Configuration;

public sealed class TlsOptionTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly string _certificate;
    private readonly string _key;

    public TlsOptionTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("a.test");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _certificate = _sandbox.Write("a.crt", certificate.ExportCertificatePem());
        _key = _sandbox.Write("a.key", key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_key, UnixFileMode.UserRead);
    }

    private string[] Manual => ["--tls-mode", "manual", "--tls-cert", _certificate, "--tls-key", _key];

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Manual_AllOptions_ArriveInTheSettings()
    {
        var program = _sandbox.LoadSound(
            [
                .. Manual, "--tls-key-password-file", _key, "--tls-client-auth", "verify_if_given", "--tls-client-auth-ca", _certificate,
                "--tls-ciphers", "TLS13_AES_256_GCM_SHA384,ECDHE-ECDSA-AES128-GCM-SHA256", "--tls-curves", "p384", "--tls-curves", "X25519",
                "--tls-alpn", "http/1.1,h2", "--tls-secrets-log", Path.Combine(_sandbox.Folder, "keys.log"), "--header-timeout", "3", "--tls-redirect-port", "80",
            ]).Program;
        var tls = program.Tls!;
        Assert.Equal((TlsMode.Manual, ClientAuthMode.VerifyIfGiven, _certificate), (tls.Mode, tls.ClientAuth, tls.ClientAuthCa));
        Assert.Equal((_certificate, _key, _key), (tls.Pairs[0].Certificate, tls.Pairs[0].Key, tls.Pairs[0].Password));
        Assert.Equal(["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"], tls.Suites.Select(suite => suite.ToString()));
        Assert.Equal(["secp384r1", "x25519"], tls.Groups.Select(group => group.ToString()));
        Assert.Equal(["http/1.1", "h2"], tls.Alpn.Select(protocol => protocol.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(3), tls.HandshakeTimeout);
        Assert.Equal([new("0.0.0.0", 8080, ListenerKind.Tls), new("0.0.0.0", 80, ListenerKind.Redirect)], program.Listeners);
    }

    [Fact]
    public void Internal_Options_ArriveInTheSettings()
    {
        var tls = _sandbox.LoadSound(
            "--tls-mode", "self-signed", "--tls-domain", "a.test,*.a.test", "--tls-key-type", "rsa4096", "--tls-state-dir", "/var/lib/kwb").Program.Tls!;
        Assert.Equal((TlsMode.Internal, KeyType.Rsa4096, "/var/lib/kwb"), (tls.Mode, tls.KeyType, tls.StateDirectory));
        Assert.Equal(["a.test", "*.a.test"], tls.Domains);
    }

    [Fact]
    public void Certificates_InTheFile_FollowThatOfTheFlags()
    {
        var yaml = $"tlsCertificates:\n- cert: {_certificate}\n  key: {_key}\n- cert: {_certificate}\n  key: {_key}\n  keyPasswordFile: {_key}\n";
        Assert.Equal(3, _sandbox.LoadYaml(yaml, Manual).Program.Tls!.Pairs.Count);
        Assert.Equal([null, _key], _sandbox.LoadYaml(yaml, "--tls-mode", "manual").Program.Tls!.Pairs.Select(pair => pair.Password));
    }

    [Theory]
    [InlineData("--tls-mode manual", "tlsCert (not set): is required in manual mode.", "tlsKey (not set): is required in manual mode.")]
    [InlineData("--tls-mode manual --tls-cert /nowhere/a.crt --tls-key {key}", "tlsCert = \"/nowhere/a.crt\" (--tls-cert): does not exist. Give the path of a PEM file.")]
    [InlineData("--tls-mode internal --tls-cert {crt}", "is for manual mode, and tlsMode is internal (--tls-mode). Set --tls-mode manual, or remove it.")]
    [InlineData("--tls-redirect-port 80", "means nothing without TLS, and tlsMode is none (default). Set --tls-mode manual, or remove it.")]
    [InlineData("--tls-mode internal --tls-client-auth require-and-verify", "needs to know who vouches for clients. Name a PEM file with the authorities: --tls-client-auth-ca.")]
    [InlineData("--tls-mode internal --tls-client-auth-ca {crt}", "means nothing unless clients are asked for certificates. Set --tls-client-auth require-and-verify, or remove it.")]
    [InlineData("--tls-mode internal --tls-client-auth require-and-verify --tls-client-auth-ca {key}", "has no certificate.")]
    [InlineData("--tls-mode internal --tls-ciphers ECDHE-RSA-AES128-GCM-SHA256", "leaves TLS 1.2 no suite: none goes with the certificate's key, which is Ecdsa.")]
    [InlineData("--tls-mode internal --tls-ciphers TLS_AES_128_GCM_SHA257", "is not known; did you mean TLS_AES_128_GCM_SHA256?")]
    [InlineData("--tls-mode internal --tls-curves x25518", "is not known; did you mean x25519?")]
    [InlineData("--tls-mode internal --tls-ciphers ECDHE-ECDSA-AES128-GCM-SHA256 --tls-curves ffdhe2048", "leaves no version of TLS")]
    [InlineData("--tls-mode internal --tls-alpn h3", "is not spoken here. Give h2 or http/1.1.")]
    [InlineData("--tls-mode internal --tls-secrets-log /nowhere/keys.log", "is in a directory that does not exist.")]
    public void Options_Wrong_AreToldInSentences(string arguments, params string[] problems)
    {
        var line = arguments.Replace("{crt}", _certificate, StringComparison.Ordinal).Replace("{key}", _key, StringComparison.Ordinal);
        var told = _sandbox.Load(line.Split(' ')).Problems;
        Assert.Equal(problems.Length, told.Count);
        Assert.All(problems, problem => Assert.Contains(told, one => one.ToString().Contains(problem, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("listeners:\n- port: 8443\n  tls: true\n", "listeners[0].tls = \"true\" (kwb.yaml:3): needs certificates, and tlsMode is none (default). Set tlsMode to manual or internal.")]
    [InlineData("listeners:\n- port: 80\n  redirect: true\n", "has no TLS to send clients to: tlsMode is none (default).")]
    [InlineData("tlsMode: internal\nlisteners:\n- port: 80\n", "has no listener: none of listeners has tls. Give one of them \"tls: true\".")]
    [InlineData("tlsMode: internal\nlisteners:\n- port: 443\n  tls: true\n  redirect: true\n", "would send clients from TLS to TLS.")]
    [InlineData("listeners:\n- port: 80\n- port: 80\n", "listeners[1].port = \"80\" (kwb.yaml:3): is also the port of another listener on 0.0.0.0.")]
    [InlineData("listeners:\n- host: 127.0.0.1\n", "listeners[0].port (not set): is required.")]
    [InlineData("tlsCertificates:\n- cert: a\n  key: b\n", "tlsCertificates[0].cert = \"a\" (kwb.yaml:2): is for manual mode, and tlsMode is none (default).")]
    [InlineData("tlsMode: manual\ntlsCertificates:\n- cert: /nowhere/a\n", "tlsCertificates[0].key (not set): is required in manual mode.")]
    public void Lists_Wrong_AreToldWithTheirPlaces(string yaml, string problem) =>
        Assert.Contains(problem, Assert.Single(_sandbox.ProblemsOfYaml(yaml)), StringComparison.Ordinal);

    [Fact]
    public void KeyOfAnotherCertificate_IsAProblemOfTheKey()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var problem = Assert.Single(_sandbox.Load([.. Manual, "--tls-key", _sandbox.Write("other.key", other.ExportPkcs8PrivateKeyPem())]).Problems);
        Assert.Equal(("tlsKey", "does not belong to the certificate: it has another public key."), (problem.Key, problem.Message));
    }

    [Fact]
    public void Warnings_WhatWorksButIsNotMeant_AreTold()
    {
        Assert.Empty(_sandbox.LoadSound(Manual).Warnings);
        Assert.Contains("tlsKeyType (--tls-key-type) is not used in manual mode.", _sandbox.LoadSound([.. Manual, "--tls-key-type", "p384"]).Warnings);
        Assert.Contains("keeps it", Assert.Single(_sandbox.LoadSound("--tls-mode", "internal").Warnings), StringComparison.Ordinal);
        Assert.Contains(
            "tlsClientAuthCa (--tls-client-auth-ca) is not used: tlsClientAuth request does not verify certificates.",
            _sandbox.LoadSound([.. Manual, "--tls-client-auth", "request", "--tls-client-auth-ca", _certificate]).Warnings);
        Assert.Contains("wsPort (-P) is not used: the file has listeners.", _sandbox.LoadYaml("listeners:\n- port: 1\n", "-P2").Warnings);
    }
}
