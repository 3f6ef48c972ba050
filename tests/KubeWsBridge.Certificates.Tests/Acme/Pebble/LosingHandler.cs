using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>A network that loses the first answer of those from certain URLs: the server has acted, the client does not know.</summary>
internal sealed class LosingHandler : DelegatingHandler
{
    private readonly Func<string, bool> _loses;

    public LosingHandler(X509Certificate2Collection roots, Func<string, bool> loses)
        : base(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(roots) } }) => _loses = loses;

    /// <summary>How many answers were lost.</summary>
    public int Lost { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // What was refused, for its nonce, has not been acted on.
        if (request.Method != HttpMethod.Post || !response.IsSuccessStatusCode || Lost > 0 || !_loses(request.RequestUri!.AbsolutePath))
            return response;
        Lost++;
        response.Dispose();
        throw new HttpRequestException("The connection was lost.");
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
