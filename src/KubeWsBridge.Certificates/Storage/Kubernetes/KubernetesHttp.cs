using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>Makes the HTTP client the API server is talked to with.</summary>
internal static class KubernetesHttp
{
    private const string Json = "application/json";

    /// <summary>A list of thousands of Secrets' metadata has a few MiB; a Secret has one at most.</summary>
    private const int LargestAnswer = 64 << 20;

    public static HttpClient Create(KubernetesSetup setup, HttpMessageHandler? handler)
    {
        var http = new HttpClient(handler ?? CreateHandler(setup.Access.TrustedRoots))
        {
            // Each attempt has a timeout of its own, by the injected clock.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(setup.UserAgent);
        return http;
    }

    /// <summary>The form of the answer: metadata alone where the server can give it, as all do since 1.15.</summary>
    public static string Accept(ApiRequest request)
    {
        if (!request.IsForMetadata)
            return Json;
        var form = request.Name is null ? "PartialObjectMetadataList" : "PartialObjectMetadata";
        return $"{Json};as={form};g=meta.k8s.io;v=v1,{Json}";
    }

    private static SocketsHttpHandler CreateHandler(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return new()
        {
            AllowAutoRedirect = false,
            UseProxy = false, // the address is one of the cluster's own
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that no single API server keeps all clients after a restart of the others
            SslOptions = { CertificateChainPolicy = policy },
        };
    }
}
