using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>Where the API server is, and as whom one comes there.</summary>
public sealed record ClusterAccess
{
    /// <summary>The API server's address.</summary>
    public required Uri Address { get; init; }

    /// <summary>The namespace everything is kept in: the pod's own.</summary>
    public required string Namespace { get; init; }

    /// <summary>The file with the service account's token, which is read for every request, since Kubernetes replaces it every hour or so.</summary>
    public required string TokenFile { get; init; }

    /// <summary>The authorities the server's certificate may be from.</summary>
    public required X509Certificate2Collection TrustedRoots { get; init; }
}
