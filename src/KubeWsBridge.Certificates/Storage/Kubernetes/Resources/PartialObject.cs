namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>An object of which only the metadata matters.</summary>
internal sealed record PartialObject(ObjectMetadata Metadata);
