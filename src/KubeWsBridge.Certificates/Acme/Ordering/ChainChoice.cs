namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Chooses among the chains an authority has for one certificate.</summary>
internal static class ChainChoice
{
    /// <summary>The chain that ends at an issuer of the preferred common name, else one that has it anywhere, else null.</summary>
    public static CertificateChain? Choose(IReadOnlyList<CertificateChain> chains, string preferred)
    {
        bool Fits(string issuer) => string.Equals(issuer, preferred, StringComparison.OrdinalIgnoreCase);
        return chains.FirstOrDefault(chain => Fits(chain.Top)) ?? chains.FirstOrDefault(chain => chain.Issuers.Any(Fits));
    }
}
