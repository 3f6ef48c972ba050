namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Addresses of interfaces in parameters.</summary>
internal static class WebAddress
{
    /// <summary>What is wrong with an address, or null.</summary>
    public static string? Examine(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? null : "is not an http or https address.";
}
