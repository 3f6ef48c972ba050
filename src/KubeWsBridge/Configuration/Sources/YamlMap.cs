namespace KubeWsBridge.Configuration.Sources;

/// <summary>A mapping in file order; a key given twice is here twice, so that it can be complained about.</summary>
internal sealed record YamlMap(IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries, long Line) : YamlNode(Line);
