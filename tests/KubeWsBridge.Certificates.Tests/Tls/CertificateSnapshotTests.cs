using System.Net.Security;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;

namespace KubeWsBridge.Certificates.Tests.Tls;

public class CertificateSnapshotTests
{
    private static readonly ClientHello Modern = new(null, [], [0x0403, 0x0804, 0x0807]);
    private static readonly ClientHello Browser = new(null, [], [0x0403, 0x0804, 0x0401]);
    private static readonly ClientHello OnlyRsa = new(null, [], [0x0804, 0x0401]);

    private static readonly ServedCertificate First = Serve(KeyType.P256, "first.test");
    private static readonly ServedCertificate Exact = Serve(KeyType.P256, "a.example.com");
    private static readonly ServedCertificate Wildcard = Serve(KeyType.P256, "*.example.com", "example.com");
    private static readonly CertificateSnapshot Snapshot = new([First, Wildcard, Exact]);

    [Theory]
    [InlineData("a.example.com", "a.example.com")]
    [InlineData("A.Example.COM.", "a.example.com")]
    [InlineData("b.example.com", "*.example.com")]
    [InlineData("example.com", "*.example.com")]
    [InlineData("c.b.example.com", "first.test")]
    [InlineData("other.test", "first.test")]
    [InlineData("", "first.test")]
    [InlineData(null, "first.test")]
    public void Find_ByName_ExactThenWildcardThenFirst(string? name, string expected) => Assert.Equal(expected, Snapshot.Find(name, null).Pair.Names[0]);

    [Theory]
    [InlineData("first.test", true)]
    [InlineData("b.example.com", true)]
    [InlineData("c.b.example.com", false)]
    [InlineData("other.test", false)]
    public void Covers_OnlyNamesOfItsOwn(string name, bool expected) => Assert.Equal(expected, Snapshot.Covers(name));

    [Fact]
    public void Find_Ed25519AndP256_ByWhatTheClientTakes()
    {
        var snapshot = new CertificateSnapshot([Serve(KeyType.Ed25519, "a.test"), Serve(KeyType.P256, "a.test")]);
        Assert.Equal(KeyAlgorithm.Ed25519, snapshot.Find("a.test", Modern).Pair.Algorithm);
        Assert.Equal(KeyAlgorithm.Ecdsa, snapshot.Find("a.test", Browser).Pair.Algorithm);
        Assert.Equal(KeyAlgorithm.Ecdsa, snapshot.Find("a.test", null).Pair.Algorithm);
        Assert.Equal(KeyAlgorithm.Ed25519, snapshot.Find(null, Modern).Pair.Algorithm);
        Assert.Equal(KeyAlgorithm.Ecdsa, snapshot.Find("unknown.test", Browser).Pair.Algorithm);
    }

    [Fact]
    public void Find_EcdsaAndRsa_ByWhatTheClientTakes()
    {
        var snapshot = new CertificateSnapshot([Serve(KeyType.P256, "a.test"), Serve(KeyType.Rsa2048, "a.test")]);
        Assert.Equal(KeyAlgorithm.Ecdsa, snapshot.Find("a.test", Browser).Pair.Algorithm);
        Assert.Equal(KeyAlgorithm.Rsa, snapshot.Find("a.test", OnlyRsa).Pair.Algorithm);
    }

    private static ServedCertificate Serve(KeyType type, params string[] names) =>
        new(SelfSigned.Make(names, type, DateTimeOffset.UtcNow), new SslServerAuthenticationOptions());
}
