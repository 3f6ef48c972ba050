using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Storage.Kubernetes;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes;

public sealed class PodAccessTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly TestAuthority _authority = new("kubernetes");
    private readonly Dictionary<string, string> _environment;

    public PodAccessTests()
    {
        File.WriteAllText(PathOf("ca.crt"), _authority.Pem);
        File.WriteAllText(PathOf("namespace"), "chat\n");
        File.WriteAllText(PathOf("token"), "token");
        _environment = new()
        {
            ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1",
            ["KUBERNETES_SERVICE_PORT"] = "6443",
            ["KUBERNETES_SERVICE_ACCOUNT_DIR"] = _scratch.Folder,
        };
    }

    public void Dispose()
    {
        _authority.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("10.0.0.1", "6443", "https://10.0.0.1:6443/")]
    [InlineData("fd00::1", "443", "https://[fd00::1]/")]
    [InlineData("kubernetes.default.svc", "", "https://kubernetes.default.svc/")]
    public void Find_Pod_IsRead(string host, string port, string address)
    {
        (_environment["KUBERNETES_SERVICE_HOST"], _environment["KUBERNETES_SERVICE_PORT"]) = (host, port);

        var access = PodAccess.Find(_environment);

        Assert.Equal(address, access.Address.AbsoluteUri);
        Assert.Equal("chat", access.Namespace);
        Assert.Equal(PathOf("token"), access.TokenFile);
        Assert.Equal(_authority.Certificate, Assert.Single(access.TrustedRoots));
    }

    [Fact]
    public void Find_NoPod_SaysSo()
    {
        var failed = Assert.Throws<StorageException>(() => PodAccess.Find(new Dictionary<string, string>()));

        Assert.Equal("KUBERNETES_SERVICE_HOST is not set, as it is in every container that Kubernetes starts. Run this in a pod.", failed.Message);
    }

    [Theory]
    [InlineData("token", null, "Set automountServiceAccountToken: true on the pod")]
    [InlineData("token", "", "token is empty.")]
    [InlineData("namespace", null, "namespace can't be read")]
    [InlineData("ca.crt", "no certificate", "There is no certificate in ")]
    [InlineData("ca.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "ca.crt can't be read: ")]
    public void Find_FileMissingOrBad_SaysWhich(string file, string? text, string message)
    {
        if (text is null)
            File.Delete(PathOf(file));
        else
            File.WriteAllText(PathOf(file), text);

        Assert.Contains(message, Assert.Throws<StorageException>(() => PodAccess.Find(_environment)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_PortIsNone_SaysSo()
    {
        _environment["KUBERNETES_SERVICE_PORT"] = "tcp://10.0.0.1:443";

        Assert.Contains("which is no port", Assert.Throws<StorageException>(() => PodAccess.Find(_environment)).Message, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_scratch.Folder, name);
}
