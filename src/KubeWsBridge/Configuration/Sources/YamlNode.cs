namespace KubeWsBridge.Configuration.Sources;

/// <summary>A YAML node with the line it starts at, counted from 1.</summary>
internal abstract record YamlNode(long Line);
