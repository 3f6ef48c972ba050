namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>Puts credentials into a request, which has its content already.</summary>
internal delegate ValueTask Authorize(HttpRequestMessage request, CancellationToken cancellationToken);
