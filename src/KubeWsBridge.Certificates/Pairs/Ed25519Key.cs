using System.Formats.Asn1;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using KubeWsBridge.Certificates.Pairs.OpenSsl;

namespace KubeWsBridge.Certificates.Pairs;

/// <summary>An Ed25519 private key (RFC 8032), which .NET has no type for; OpenSSL does the work.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class Ed25519Key
{
    private const int SeedBytes = 32;
    private const int SignatureBytes = 64;

    private readonly byte[] _seed;
    private readonly SafeEvpPKeyHandle _key;

    private Ed25519Key(byte[] seed, SafeEvpPKeyHandle key)
    {
        (_seed, _key) = (seed, key);
        var raw = new byte[SeedBytes];
        var length = (nuint)raw.Length;
        Check(Libcrypto.GetRawPublicKey(key.DangerousGetHandle(), raw, ref length));
        PublicKey = raw;
    }

    /// <summary>Whether this system can: Linux with OpenSSL 3.</summary>
    [UnsupportedOSPlatformGuard("windows")]
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The public key's 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>A new key.</summary>
    public static Ed25519Key Create() => Of(RandomNumberGenerator.GetBytes(SeedBytes));

    /// <summary>Reads a PrivateKeyInfo (RFC 8410 section 7).</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static Ed25519Key ImportPkcs8(ReadOnlyMemory<byte> der)
    {
        try
        {
            var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            if (info.ReadSequence().ReadObjectIdentifier() != AlgorithmIds.Ed25519)
                throw new CryptographicException("It is not an Ed25519 key.");
            return Of(new AsnReader(info.ReadOctetString(), AsnEncodingRules.BER).ReadOctetString());
        }
        catch (AsnContentException exception)
        {
            throw new CryptographicException("The key is malformed.", exception);
        }
    }

    /// <summary>Reads an EncryptedPrivateKeyInfo.</summary>
    /// <exception cref="CryptographicException">It is none, or the password is wrong.</exception>
    public static unsafe Ed25519Key ImportEncryptedPkcs8(string password, ReadOnlySpan<byte> der)
    {
        fixed (byte* bytes = der)
        {
            var bio = Libcrypto.NewMemory(bytes, der.Length);
            using var key = new SafeEvpPKeyHandle(Libcrypto.DecryptKey(bio, 0, 0, password), ownsHandle: true);
            _ = Libcrypto.FreeMemory(bio);
            var seed = new byte[SeedBytes];
            var length = (nuint)seed.Length;
            return !key.IsInvalid && Libcrypto.GetRawPrivateKey(key.DangerousGetHandle(), seed, ref length) == 1
                ? Of(seed)
                : throw new CryptographicException("It is not an Ed25519 key, or the password is wrong.");
        }
    }

    /// <summary>The key as PrivateKeyInfo in PEM form.</summary>
    public string ExportPem()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(AlgorithmIds.Ed25519);
            using (writer.PushOctetString())
                writer.WriteOctetString(_seed);
        }

        return PemEncoding.WriteString("PRIVATE KEY", writer.Encode());
    }

    /// <summary>Signs the bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var digest = Libcrypto.NewDigest();
        try
        {
            var signature = new byte[SignatureBytes];
            var length = (nuint)signature.Length;
            Check(Libcrypto.BeginSigning(digest, 0, 0, 0, _key.DangerousGetHandle()));
            Check(Libcrypto.Sign(digest, signature, ref length, data, (nuint)data.Length));
            return signature;
        }
        finally
        {
            Libcrypto.FreeDigest(digest);
            GC.KeepAlive(_key);
        }
    }

    /// <summary>Another handle of the key, for whoever must own one.</summary>
    internal SafeEvpPKeyHandle NewHandle()
    {
        Check(Libcrypto.UpRefKey(_key.DangerousGetHandle()));
        return new SafeEvpPKeyHandle(_key.DangerousGetHandle(), ownsHandle: true);
    }

    private static Ed25519Key Of(byte[] seed)
    {
        try
        {
            var handle = seed.Length == SeedBytes ? Libcrypto.NewRawPrivateKey(Libcrypto.Ed25519, 0, seed, SeedBytes) : 0;
            return handle != 0 ? new Ed25519Key(seed, new SafeEvpPKeyHandle(handle, ownsHandle: true)) : throw new CryptographicException("The key is malformed.");
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new CryptographicException($"Ed25519 needs OpenSSL 3: {exception.Message}", exception);
        }
    }

    private static void Check(int result)
    {
        if (result != 1)
            throw new CryptographicException("OpenSSL has failed.");
    }
}
