using System.Runtime.InteropServices;

namespace KubeWsBridge.Benchmarks.Load.Tls;

/// <summary>OpenSSL 3 from the client's side. The framework's own streams neither say whether a session was resumed nor leave the choice to us.</summary>
internal static unsafe partial class Libssl
{
    public const int SetServerName = 55; // SSL_CTRL_SET_TLSEXT_HOSTNAME
    private const string Library = "libssl.so.3";

    [LibraryImport(Library)]
    public static partial nint TLS_client_method();

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial nint SSL_new(nint context);

    [LibraryImport(Library)]
    public static partial void SSL_free(nint connection);

    [LibraryImport(Library)]
    public static partial int SSL_set_fd(nint connection, int descriptor);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint SSL_ctrl(nint connection, int command, nint kind, string value);

    [LibraryImport(Library)]
    public static partial int SSL_connect(nint connection);

    [LibraryImport(Library)]
    public static partial int SSL_read(nint connection, byte* buffer, int count);

    [LibraryImport(Library)]
    public static partial int SSL_write(nint connection, byte* buffer, int count);

    [LibraryImport(Library)]
    public static partial int SSL_shutdown(nint connection);

    [LibraryImport(Library)]
    public static partial int SSL_session_reused(nint connection);

    [LibraryImport(Library)]
    public static partial nint SSL_get1_session(nint connection);

    [LibraryImport(Library)]
    public static partial int SSL_set_session(nint connection, nint session);

    [LibraryImport(Library)]
    public static partial void SSL_SESSION_free(nint session);
}
