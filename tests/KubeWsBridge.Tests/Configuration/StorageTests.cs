using KubeWsBridge.Configuration;

namespace KubeWsBridge.Tests.Configuration;

/// <summary>Where certificates are kept: in a directory, or in Secrets of the pod's namespace.</summary>
public sealed class StorageTests : IDisposable
{
    private const string Automate = "--tls-mode automate --tls-domain a.test ";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Kubernetes_InAPod_IsReadFromItsServiceAccount()
    {
        BeInAPod();
        var storage = Load("--tls-storage kubernetes").Program.Automation!.Storage;

        Assert.Null(storage.Directory);
        Assert.Equal(new Uri("https://10.96.0.1:443"), storage.Kubernetes!.Access.Address);
        Assert.Equal("the Secrets kubewsbridge-* of the namespace chat", $"{storage}");
        Assert.Equal("the Secrets staging-* of the namespace chat", $"{Load("--tls-storage kubernetes --tls-storage-prefix staging").Program.Automation!.Storage}");
    }

    [Fact]
    public void Kubernetes_OutsideAPod_IsRefusedWithASentence() => AssertRefused(
        "--tls-storage kubernetes",
        "tlsStorage = \"kubernetes\" (--tls-storage): needs a pod with a service account. KUBERNETES_SERVICE_HOST is not set, as it is in every container "
        + "that Kubernetes starts. Run this in a pod.");

    [Fact]
    public void Kubernetes_TokenNotMounted_SaysWhatToSet()
    {
        BeInAPod();
        File.Delete(Path.Combine(_sandbox.Folder, "token"));
        AssertRefused(
            "--tls-storage kubernetes",
            $"tlsStorage = \"kubernetes\" (--tls-storage): needs a pod with a service account. The service account's {_sandbox.Folder}/token can't be read: ",
            "Set automountServiceAccountToken: true on the pod");
    }

    [Theory, InlineData("Chat"), InlineData("-a"), InlineData("a-"), InlineData("a_b"), InlineData("a.b"), InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void Prefix_ThatNoNameCanBeginWith_IsRefused(string prefix)
    {
        BeInAPod();
        AssertRefused(
            $"--tls-storage kubernetes --tls-storage-prefix {prefix}",
            $"tlsStoragePrefix = \"{prefix}\" (--tls-storage-prefix): can't begin the names of Secrets. Use lower-case letters, digits and hyphens, 63 at most, ");
    }

    [Theory]
    [InlineData("--tls-storage kubernetes --tls-acme-state-dir /state", "tlsAcmeStateDir from --tls-acme-state-dir is not used: tlsStorage is kubernetes.")]
    [InlineData("--tls-storage-prefix chat", "tlsStoragePrefix from --tls-storage-prefix is not used: tlsStorage is directory.")]
    public void DoubtfulCombination_IsWarnedOf(string flags, string expected)
    {
        BeInAPod();
        Assert.Equal(expected, Assert.Single(Load(flags).Warnings));
    }

    [Fact]
    public void Storage_WithoutAutomation_IsWarnedOf() => Assert.Equal(
        "tlsStorage from --tls-storage is not used: it belongs to --tls-mode automate.",
        Assert.Single(_sandbox.LoadSound("--tls-storage", "kubernetes").Warnings));

    private LoadedConfiguration Load(string flags) => _sandbox.LoadSound((Automate + flags).Split(' '));

    private void AssertRefused(string flags, string begin, string then = "")
    {
        var problem = Assert.Single(_sandbox.Load((Automate + flags).Split(' ')).Problems).ToString();
        Assert.StartsWith(begin, problem, StringComparison.Ordinal);
        Assert.Contains(then, problem, StringComparison.Ordinal);
    }

    private void BeInAPod()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=kubernetes", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var root = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        _sandbox.Write("ca.crt", root.ExportCertificatePem());
        _sandbox.Write("token", "token");
        _sandbox.Write("namespace", "chat");
        _sandbox.Environment["KUBERNETES_SERVICE_HOST"] = "10.96.0.1";
        _sandbox.Environment["KUBERNETES_SERVICE_PORT"] = "443";
        _sandbox.Environment["KUBERNETES_SERVICE_ACCOUNT_DIR"] = _sandbox.Folder;
    }
}
