namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>A Secret (core/v1).</summary>
internal sealed record SecretResource
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Secret";

    public required ObjectMetadata Metadata { get; init; }

    public string? Type { get; init; }

    /// <summary>Values are base64 in JSON, as byte arrays are anyway.</summary>
    public Dictionary<string, byte[]?>? Data { get; init; }
}
