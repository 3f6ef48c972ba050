using KubeWsBridge.Certificates.Storage.Kubernetes;

namespace KubeWsBridge.Configuration;

/// <summary>Where accounts, orders and certificates are kept, after all checks: one of the two.</summary>
/// <param name="Directory">A directory.</param>
/// <param name="Kubernetes">Secrets and Leases.</param>
internal sealed record StorageSettings(string? Directory, KubernetesSetup? Kubernetes)
{
    /// <summary>The place, as sentences call it.</summary>
    public override string ToString() =>
        Kubernetes is { } cluster ? $"the Secrets {cluster.Prefix}-* of the namespace {cluster.Access.Namespace}" : Directory!;
}
