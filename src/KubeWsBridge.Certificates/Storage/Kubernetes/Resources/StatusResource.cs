namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>Why something was not done.</summary>
/// <param name="Message">A sentence for people.</param>
internal sealed record StatusResource(string? Message);
