using System.Net.Security;
using System.Runtime.CompilerServices;

namespace KubeWsBridge.Certificates.Tls.OpenSsl;

/// <summary>Sets suites and groups where .NET has no option for them: on the context that all handshakes with a certificate share.</summary>
internal static class ContextTuning
{
    // A lease ends with the last connection that began with its certificate, however long ago that certificate was replaced.
    private static readonly ConditionalWeakTable<SslStreamCertificateContext, ContextLease> Leases = [];

    /// <summary>Applies the policy to all handshakes with these options.</summary>
    /// <returns>What keeps the policy from being applied, to follow "because"; null when it is.</returns>
    public static async Task<string?> ApplyAsync(SslServerAuthenticationOptions options, TlsPolicy policy)
    {
        if (!OperatingSystem.IsLinux())
            return "it needs OpenSSL, which .NET uses on Linux only";
        try
        {
            if (await ContextLease.TakeAsync(options) is not { } lease)
                return $".NET {Environment.Version} keeps its TLS contexts in another place than the versions this program knows";
            if (Set(lease.Context, policy) is { } refused)
                return refused;
            Leases.Add(options.ServerCertificateContext!, lease);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return $"OpenSSL 3 is needed: {exception.Message}";
        }
    }

    private static string? Set(nint context, TlsPolicy policy)
    {
        // A ticket holds the client's certificate but not the intermediates it came with, and the certificate is verified again with every resumption.
        Libssl.SetOptions(context, Libssl.ServerPreference | (policy.IsAskedFor ? 0 : Libssl.PrioritizeChaCha) | (policy.VerifiesClients ? Libssl.NoTicket : 0));
        if (policy.Tls12List is { Length: > 0 } older && Libssl.SetCipherList(context, older) != 1)
            return $"this OpenSSL has none of the suites {older}";
        if (policy.Tls13List is { Length: > 0 } suites && Libssl.SetCipherSuites(context, suites) != 1)
            return $"this OpenSSL does not have all of the suites {suites}";
        if (policy.GroupList is { Length: > 0 } groups && Libssl.Control(context, Libssl.SetGroupsList, 0, groups) != 1)
            return $"this OpenSSL does not have all of the groups {groups}";
        return null;
    }
}
