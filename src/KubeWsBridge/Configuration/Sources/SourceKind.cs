namespace KubeWsBridge.Configuration.Sources;

/// <summary>Where a value can come from, the weakest first: the order is the precedence.</summary>
internal enum SourceKind
{
    /// <summary>Nobody said anything.</summary>
    Default,

    /// <summary>A sub-command's own starting point, such as the demo's script.</summary>
    Preset,

    /// <summary>The configuration file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>The command line.</summary>
    Flag,
}
