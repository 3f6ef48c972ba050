namespace KubeWsBridge.Configuration;

/// <summary>What accounts, orders and certificates are kept in.</summary>
internal enum StorageKind
{
    /// <summary>A directory: a volume that all replicas mount, or a place on one machine.</summary>
    Directory,

    /// <summary>Secrets and Leases of the pod's namespace.</summary>
    Kubernetes,
}
