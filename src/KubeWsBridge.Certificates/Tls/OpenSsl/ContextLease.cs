using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;

namespace KubeWsBridge.Certificates.Tls.OpenSsl;

/// <summary>
/// Reaches the SSL_CTX that .NET keeps for a certificate, and keeps it in .NET's cache for as long as it is held. The only place that knows of
/// .NET's cache: a field of <see cref="SslStream"/> and a method of its OpenSSL layer, neither public.
/// </summary>
/// <remarks>
/// There is no public way to choose groups, and CipherSuitesPolicy, the one to choose suites, switches the cache and with it the resumption of sessions
/// off. The method returns the cached context with its count of users raised; a context without users is replaced on the cache's next pass by one
/// that knows nothing of our choices.
/// </remarks>
internal sealed class ContextLease
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    // Whole names, so that trimming sees what is used.
    private static readonly FieldInfo? StreamOptions = typeof(SslStream).GetField("_sslAuthenticationOptions", Hidden);
    private static readonly MethodInfo? GetContext =
        Type.GetType("Interop+OpenSsl, System.Net.Security")?.GetMethod("GetOrCreateSslContextHandle", Hidden);

    private readonly SafeHandle _context;

    private ContextLease(SafeHandle context) => _context = context;

    /// <summary>Gives the context back, when nobody can begin a handshake with it any more.</summary>
    ~ContextLease() => _context.Dispose();

    /// <summary>SSL_CTX *.</summary>
    public nint Context => _context.DangerousGetHandle();

    /// <summary>The context that handshakes with these options will use; null when this version of .NET has it elsewhere.</summary>
    public static async Task<ContextLease?> TakeAsync(SslServerAuthenticationOptions options)
    {
        if (StreamOptions is null || GetContext is null)
            return null;
        await using var stream = new SslStream(new MemoryStream());
        try
        {
            await stream.AuthenticateAsServerAsync(options);
        }
        catch (IOException)
        {
            // The stream ends before a client has said anything, but now it has its options.
        }

        try
        {
            return GetContext.Invoke(null, [StreamOptions.GetValue(stream), true]) is SafeHandle { IsInvalid: false } context ? new ContextLease(context) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or TargetParameterCountException or TargetInvocationException)
        {
            return null;
        }
    }
}
