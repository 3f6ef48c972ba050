namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>A key that a DNS server shares with us.</summary>
/// <param name="Name">Its name, which the server looks it up by.</param>
/// <param name="Algorithm">How it signs.</param>
/// <param name="Secret">The key itself, in base64.</param>
internal sealed record TsigKey(string Name, TsigAlgorithm Algorithm, ProviderSecret Secret)
{
    /// <summary>The signature of bytes.</summary>
    public byte[] Sign(byte[] bytes) => Algorithm.Sign(Convert.FromBase64String(Secret.Reveal()), bytes);
}
