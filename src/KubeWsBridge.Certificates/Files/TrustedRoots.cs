using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Files;

/// <summary>A PEM file with certificates to trust.</summary>
public static class TrustedRoots
{
    /// <summary>Its certificates; null and what is wrong with it when it has none that can be read.</summary>
    public static X509Certificate2Collection? Read(string file, out FileFault? fault)
    {
        fault = null;
        try
        {
            return [.. PemChain.Parse(FileText.Read(file))];
        }
        catch (FileFaultException unreadable)
        {
            fault = new FileFault(PairPart.Certificate, file, unreadable.Message, unreadable.Fix);
            return null;
        }
    }
}
