using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>What every object has.</summary>
internal sealed record ObjectMetadata
{
    public string? Name { get; init; }

    /// <summary>Changes with every change of the object; a replacement that carries an older one is refused with a conflict.</summary>
    public string? ResourceVersion { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    /// <summary>What others have put there, which is put back as it was.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
