using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>Makes the HTTP client an authority is talked to with.</summary>
internal static class AcmeHttp
{
    /// <summary>No honest answer is longer: chains have a few KiB.</summary>
    private const int LargestAnswer = 1 << 20;

    public static HttpClient Create(AcmeClientOptions options, HttpMessageHandler? handler)
    {
        var http = new HttpClient(handler ?? CreateHandler(options.TrustedRoots))
        {
            // Each attempt has a timeout of its own, by the injected clock.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return http;
    }

    private static SocketsHttpHandler CreateHandler(X509Certificate2Collection? trustedRoots)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        if (trustedRoots is not null)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(trustedRoots) };
        return handler;
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
