using System.Security.Cryptography;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tests.Files;

public sealed class PairReaderTests : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);
    private readonly TestAuthority _authority = new("root");
    private readonly CertificateFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public void Read_EveryFormOfAnEcKey_IsTaken()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var pem in new[]
        {
            key.ExportPkcs8PrivateKeyPem(),
            key.ExportECPrivateKeyPem(),
            "-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n" + key.ExportECPrivateKeyPem(),
            key.ExportEncryptedPkcs8PrivateKeyPem("geheim", Encryption),
        })
            Assert.Equal(KeyAlgorithm.Ecdsa, Pair(key, pem, "geheim\n").Algorithm);
    }

    [Fact]
    public void Read_EveryFormOfAnRsaKey_IsTaken()
    {
        using var key = RSA.Create(2048);
        foreach (var pem in new[]
        {
            key.ExportPkcs8PrivateKeyPem(), key.ExportRSAPrivateKeyPem(), key.ExportEncryptedPkcs8PrivateKeyPem("geheim", Encryption),
        })
            Assert.Equal(KeyAlgorithm.Rsa, Pair(key, pem, "geheim\r\n").Algorithm);
    }

    [Fact]
    public void Read_Ed25519_PlainAndEncrypted_IsTaken()
    {
        var made = SelfSigned.Make(["localhost"], KeyType.Ed25519, DateTimeOffset.UtcNow);
        var certificate = _folder.Write("ed.crt", made.Leaf.ExportCertificatePem());

        var read = PairReader.Read(new PairFiles(certificate, _folder.Write("ed.key", made.Ed25519!.ExportPem())), DateTimeOffset.UtcNow);

        Assert.Empty(read.Faults);
        Assert.Equal((KeyAlgorithm.Ed25519, "localhost"), (read.Pair!.Algorithm, Assert.Single(read.Pair.Names)));
    }

    [Fact]
    public void Read_KeyAndCertificateInOneFile_IsTaken()
    {
        var certificate = _authority.Issue("a.test");
        var file = _folder.Write("both.pem", TestAuthority.KeyPem(certificate) + certificate.ExportCertificatePem());
        Assert.NotNull(PairReader.Read(new PairFiles(file, file), DateTimeOffset.UtcNow).Pair);
    }

    [Fact]
    public void Read_Chain_IsKeptInItsOrder()
    {
        using var intermediate = new TestAuthority("intermediate", _authority);
        var reading = PairReader.Read(_folder.Write("a", intermediate.Issue("a.test"), intermediate.Certificate), DateTimeOffset.UtcNow);
        Assert.Equal(["CN=intermediate"], reading.Pair!.Chain.Select(one => one.Subject));
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public void Read_KeyOfAnother_IsAFaultOfTheKey()
    {
        var (one, other) = (_folder.Write("one", _authority.Issue("a.test")), _folder.Write("other", _authority.Issue("a.test")));
        var fault = Fault(one with { Key = other.Key });
        Assert.Equal((PairPart.Key, "does not belong to the certificate: it has another public key."), (fault.Part, fault.Message));
    }

    [Fact]
    public void Read_KeyOfAnotherKind_SaysWhichTheyAre()
    {
        using var rsa = RSA.Create(2048);
        var files = _folder.Write("one", _authority.Issue("a.test"));
        var fault = Fault(files with { Key = _folder.Write("rsa.key", rsa.ExportPkcs8PrivateKeyPem()) });
        Assert.Equal("does not belong to the certificate: its key is RSA, the certificate's ECDSA.", fault.Message);
    }

    [Fact]
    public void Read_EncryptedKey_NeedsTheRightPassword()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var files = _folder.Write("one", _authority.Issue("a.test", key));
        _folder.Write("one.key", key.ExportEncryptedPkcs8PrivateKeyPem("geheim", Encryption));

        Assert.Equal("is encrypted, and there is no password.", Fault(files).Message);
        Assert.StartsWith("cannot be decrypted", Fault(files with { Password = _folder.Write("wrong", "falsch") }).Message, StringComparison.Ordinal);
        Assert.Equal(PairPart.Password, Fault(files with { Password = "/nowhere/password" }).Part);
    }

    [Fact]
    public void Read_AllFilesWrong_TellsAllAtOnce()
    {
        var reading = PairReader.Read(new PairFiles("/nowhere/a.crt", _folder.Write("a.key", "hello"), _folder.Path), DateTimeOffset.UtcNow);
        Assert.Equal(
            ["does not exist.", "is a directory.", "has no private key."], reading.Faults.Select(fault => fault.Message));
    }

    [Fact]
    public void Read_OldEncryption_SaysHowToConvert()
    {
        var files = _folder.Write("one", _authority.Issue("a.test"));
        _folder.Write("one.key", "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n");
        Assert.Contains("openssl pkcs8 -topk8", Fault(files).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ExpiredOrNotYetValid_IsTakenWithAWarning()
    {
        Assert.Contains("has expired", Warning(_authority.Issue("a.test", from: -20, to: -10)), StringComparison.Ordinal);
        Assert.Contains("is valid only from", Warning(_authority.Issue("a.test", from: 10, to: 20)), StringComparison.Ordinal);

        string Warning(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) =>
            Assert.Single(PairReader.Read(_folder.Write("old", certificate), DateTimeOffset.UtcNow).Warnings);
    }

    [Fact]
    public void Read_KeyForEverybody_IsTakenWithAWarning()
    {
        var files = _folder.Write("one", _authority.Issue("a.test"));
        File.SetUnixFileMode(files.Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("every user of this machine can read the private key", Assert.Single(PairReader.Read(files, DateTimeOffset.UtcNow).Warnings), StringComparison.Ordinal);
    }

    private CertificatePair Pair(AsymmetricAlgorithm key, string pem, string password)
    {
        var certificate = _folder.Write("a", _authority.Issue("a.test", key));
        var reading = PairReader.Read(
            new PairFiles(certificate.Certificate, _folder.Write("own.key", pem), _folder.Write("password", password)), DateTimeOffset.UtcNow);
        Assert.Empty(reading.Faults);
        return reading.Pair!;
    }

    private static FileFault Fault(PairFiles files) => Assert.Single(PairReader.Read(files, DateTimeOffset.UtcNow).Faults);
}
