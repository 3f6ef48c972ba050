using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Certificates.Tests;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>Starts that fail with a sentence.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TestAuthority _authority = new("root");
    private readonly CertificateFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task KeyAndCertificateApart_Is78WithASentence()
    {
        var (one, other) = (_folder.Write("a", _authority.Issue("a.test")), _folder.Write("b", _authority.Issue("b.test")));
        var (code, log) = await FailAsync("--tls-mode", "manual", "--tls-cert", one.Certificate, "--tls-key", other.Key);
        Assert.Equal(78, code);
        Assert.Contains("does not belong to the certificate", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GroupThatThisOpenSslLacks_Is1WithASentence()
    {
        var (code, log) = await FailAsync("--tls-mode", "internal", "--tls-curves", "SecP384r1MLKEM1024");
        Assert.Equal(1, code);
        Assert.Contains("--tls-curves can't be applied because this OpenSSL does not have all of the groups", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpiredCertificateAndOpenKey_StartWithWarnings()
    {
        var files = _folder.Write("a", _authority.Issue("a.test", from: -10, to: -5));
        File.SetUnixFileMode(files.Key, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using var bridge = await TlsBridge.StartAsync(files);
        await bridge.LoggedAsync("warn .*has expired at");
        await bridge.LoggedAsync("warn .*every user of this machine can read the private key");
        Assert.Equal(1, bridge.CountLogged("has expired at"));
    }

    private static async Task<(int Code, string Log)> FailAsync(params string[] arguments)
    {
        await using var bridge = BridgeProcess.Launch(["--ws-port", "0", "-e", BridgeProcess.PhpPath, "-s", BridgeProcess.Handler("echo.php"), .. arguments]);
        return (await bridge.ExitAsync(), bridge.Log);
    }
}
