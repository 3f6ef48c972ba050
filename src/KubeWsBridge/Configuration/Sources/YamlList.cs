namespace KubeWsBridge.Configuration.Sources;

/// <summary>A sequence.</summary>
internal sealed record YamlList(IReadOnlyList<YamlNode> Items, long Line) : YamlNode(Line);
