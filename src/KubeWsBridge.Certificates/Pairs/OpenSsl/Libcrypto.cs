using System.Runtime.InteropServices;

namespace KubeWsBridge.Certificates.Pairs.OpenSsl;

/// <summary>What is called of OpenSSL's cryptographic library, all of it public and documented.</summary>
internal static unsafe partial class Libcrypto
{
    // The library .NET itself has loaded by then, so there is only one.
    private const string Library = "libcrypto.so.3";

    /// <summary>EVP_PKEY_ED25519 (evp.h).</summary>
    public const int Ed25519 = 1087;

    /// <summary>EVP_PKEY_new_raw_private_key(3): a key of its seed; 0 on failure.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    public static partial nint NewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    /// <summary>EVP_PKEY_get_raw_private_key(3); 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_private_key")]
    public static partial int GetRawPrivateKey(nint key, Span<byte> buffer, ref nuint length);

    /// <summary>d2i_PKCS8PrivateKey_bio(3): decrypts a key; without a callback the last argument is the password; 0 on failure.</summary>
    [LibraryImport(Library, EntryPoint = "d2i_PKCS8PrivateKey_bio", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint DecryptKey(nint bio, nint key, nint callback, string password);

    /// <summary>BIO_new_mem_buf(3): reads from memory, which must stay where it is.</summary>
    [LibraryImport(Library, EntryPoint = "BIO_new_mem_buf")]
    public static partial nint NewMemory(byte* bytes, int length);

    /// <summary>BIO_free(3).</summary>
    [LibraryImport(Library, EntryPoint = "BIO_free")]
    public static partial int FreeMemory(nint bio);

    /// <summary>EVP_PKEY_get_raw_public_key(3); 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    public static partial int GetRawPublicKey(nint key, Span<byte> buffer, ref nuint length);

    /// <summary>EVP_PKEY_up_ref(3); 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_PKEY_up_ref")]
    public static partial int UpRefKey(nint key);

    /// <summary>EVP_MD_CTX_new(3).</summary>
    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    public static partial nint NewDigest();

    /// <summary>EVP_MD_CTX_free(3).</summary>
    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    public static partial void FreeDigest(nint digest);

    /// <summary>EVP_DigestSignInit(3); Ed25519 takes no digest; 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    public static partial int BeginSigning(nint digest, nint context, nint type, nint engine, nint key);

    /// <summary>EVP_DigestSign(3); 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    public static partial int Sign(nint digest, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    /// <summary>X509_up_ref(3); 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "X509_up_ref")]
    public static partial int UpRefCertificate(nint certificate);

    /// <summary>X509_free(3).</summary>
    [LibraryImport(Library, EntryPoint = "X509_free")]
    public static partial void FreeCertificate(nint certificate);
}
