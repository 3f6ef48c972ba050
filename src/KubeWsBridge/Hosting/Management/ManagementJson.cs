using System.Text.Json.Serialization;

namespace KubeWsBridge.Hosting.Management;

/// <summary>The shapes of all JSON answers, generated so that a native build needs no reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(DrainAnswer))]
internal sealed partial class ManagementJson : JsonSerializerContext;
