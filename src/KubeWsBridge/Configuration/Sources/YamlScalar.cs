namespace KubeWsBridge.Configuration.Sources;

/// <summary>A single value, still as text: which type it has is the option's business.</summary>
internal sealed record YamlScalar(string Text, bool IsNull, long Line) : YamlNode(Line);
