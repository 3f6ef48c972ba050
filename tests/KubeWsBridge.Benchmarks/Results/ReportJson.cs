using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeWsBridge.Benchmarks.Results;

/// <summary>Writes reports as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>Writes a file.</summary>
    public static void Write(Report report, string file) => File.WriteAllText(file, JsonSerializer.Serialize(report, Default.Report) + "\n");
}
