using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Files;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>The authorities that vouch for clients.</summary>
public static class ClientAuthorities
{
    /// <summary>What is wrong with the file, as two sentences' message and fix; null when it can be used.</summary>
    public static FileFault? Examine(string file)
    {
        TrustedRoots.Read(file, out var fault);
        return fault;
    }

    /// <summary>All certificates of the file; none when clients are not verified.</summary>
    /// <exception cref="TlsStartException">The file can't be used.</exception>
    internal static X509Certificate2Collection Read(TlsSettings settings)
    {
        if (!settings.VerifiesClients || settings.ClientAuthCa is not { } file)
            return [];
        try
        {
            return [.. PemChain.Parse(FileText.Read(file))];
        }
        catch (FileFaultException exception)
        {
            throw new TlsStartException($"{file} {exception.Message} {exception.Fix}");
        }
    }
}
