namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>Objects of which only the metadata matters.</summary>
internal sealed record PartialObjectList(IReadOnlyList<PartialObject>? Items);
