using System.Runtime.InteropServices;

namespace KubeWsBridge.Certificates.Tls.OpenSsl;

/// <summary>What is called of OpenSSL's TLS library, all of it public and documented.</summary>
internal static partial class Libssl
{
    // The library .NET itself has loaded by then, so there is only one.
    private const string Library = "libssl.so.3";

    /// <summary>SSL_CTRL_SET_GROUPS_LIST: SSL_CTX_set1_groups_list is a macro.</summary>
    public const int SetGroupsList = 92;

    /// <summary>SSL_OP_CIPHER_SERVER_PREFERENCE: our order counts, not the client's.</summary>
    public const ulong ServerPreference = 1UL << 22;

    /// <summary>SSL_OP_PRIORITIZE_CHACHA: but a client that puts ChaCha20 first has no AES in hardware, and gets it.</summary>
    public const ulong PrioritizeChaCha = 1UL << 21;

    /// <summary>SSL_OP_NO_TICKET: sessions to be resumed are kept here, not by the client.</summary>
    public const ulong NoTicket = 1UL << 14;

    /// <summary>SSL_CTX_set_cipher_list(3): the suites of TLS 1.2; 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetCipherList(nint context, string list);

    /// <summary>SSL_CTX_set_ciphersuites(3): the suites of TLS 1.3; 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_ciphersuites", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetCipherSuites(nint context, string list);

    /// <summary>SSL_CTX_ctrl(3) with a text; 1 on success.</summary>
    [LibraryImport(Library, EntryPoint = "SSL_CTX_ctrl", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Control(nint context, int command, nint number, string text);

    /// <summary>SSL_CTX_set_options(3): adds options, returns all.</summary>
    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong SetOptions(nint context, ulong options);
}
