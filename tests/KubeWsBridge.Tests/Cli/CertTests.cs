using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Tests.Configuration;

namespace KubeWsBridge.Tests.Cli;

public sealed class CertTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    private string State => Path.Combine(_sandbox.Folder, "state");

    private string Automate => $"--tls-mode automate --tls-domain a.test --tls-domain *.a.test --tls-dns-provider exec --tls-dns-param command=/bin/true "
        + $"--tls-acme-directory https://ca.test/dir --tls-acme-state-dir {State}";

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task List_EmptyDirectory_SaysSo()
    {
        var run = await RunAsync($"cert list --tls-acme-state-dir {State}");
        Assert.Equal((0, $"There is nothing in {State}.\n", ""), (run.Exit, run.Output, run.Error));
    }

    [Theory]
    [InlineData("lego", "certificates/_.a.test.crt", "certificates/_.a.test.key")]
    [InlineData("caddy", "certificates/acme-v02.api.letsencrypt.org-directory/wildcard_.a.test/wildcard_.a.test.crt",
        "certificates/acme-v02.api.letsencrypt.org-directory/wildcard_.a.test/wildcard_.a.test.key")]
    [InlineData("certbot", "live/a.test/fullchain.pem", "live/a.test/privkey.pem")]
    public async Task Import_OtherClientsDirectory_TakesTheOneForTheSameNames(string client, string certificate, string key)
    {
        var folder = Path.Combine(_sandbox.Folder, client);
        var serial = Write(folder, certificate, key, "*.a.test", "a.test");
        Write(folder, certificate.Replace("a.test", "b.test", StringComparison.Ordinal), key.Replace("a.test", "b.test", StringComparison.Ordinal), "b.test");

        var run = await RunAsync($"cert import {folder} {Automate}");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith($"{serial} for a.test, *.a.test, valid until ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  serial    {serial}\n", (await RunAsync($"cert list --tls-acme-state-dir {State}")).Output, StringComparison.Ordinal);
        Assert.Contains("obtained", (await RunAsync($"cert list --tls-acme-state-dir {State}")).Output, StringComparison.Ordinal);

        var again = await RunAsync($"cert import {folder} {Automate}");
        Assert.Equal(1, again.Exit);
        Assert.Contains("The certificate that is stored is good until", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NothingForTheNames_SaysWhatThereIs()
    {
        var folder = Path.Combine(_sandbox.Folder, "lego");
        Write(folder, "certificates/b.test.crt", "certificates/b.test.key", "b.test");
        var run = await RunAsync($"cert import {folder} {Automate}");
        Assert.Equal((1, ""), (run.Exit, run.Output));
        Assert.Contains("that is for a.test, *.a.test and not expired. Found: b.test until ", run.Error, StringComparison.Ordinal);
        Assert.Contains("It should be the folder of lego", (await RunAsync($"cert import {_sandbox.Folder}/nowhere {Automate}")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cert renew", 78, "has no certificates from an authority. Give this command the options the bridge has")]
    [InlineData("cert import", 64, "cert import needs a DIR")]
    [InlineData("cert", 64, "there is cert list and cert renew and cert revoke and cert import")]
    public async Task Cert_Wrong_IsRefused(string command, int exit, string error)
    {
        var run = await RunAsync(command);
        Assert.Equal(exit, run.Exit);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_NothingStored_SaysSo()
    {
        var run = await RunAsync($"cert revoke {Automate}");
        Assert.Equal((1, "kubewsbridge: There is no certificate for a.test, *.a.test in the storage.\n"), (run.Exit, run.Error));
    }

    private static string Write(string folder, string certificateFile, string keyFile, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            alternatives.AddDnsName(name);
        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(60));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, certificateFile))!);
        File.WriteAllText(Path.Combine(folder, certificateFile), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, keyFile), key.ExportECPrivateKeyPem()); // SEC1, as all three clients write it
        return certificate.SerialNumber;
    }

    private Task<CommandRun> RunAsync(string arguments) =>
        CommandRun.OfAsync(_sandbox.Environment, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
