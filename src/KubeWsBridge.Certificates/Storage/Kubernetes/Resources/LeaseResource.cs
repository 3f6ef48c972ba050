namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>A Lease (coordination.k8s.io/v1).</summary>
internal sealed record LeaseResource
{
    public string ApiVersion { get; init; } = "coordination.k8s.io/v1";

    public string Kind { get; init; } = "Lease";

    public required ObjectMetadata Metadata { get; init; }

    public LeaseSpec? Spec { get; init; }
}
