using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>How the API's objects are read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SecretResource))]
[JsonSerializable(typeof(LeaseResource))]
[JsonSerializable(typeof(PartialObject))]
[JsonSerializable(typeof(PartialObjectList))]
[JsonSerializable(typeof(StatusResource))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
