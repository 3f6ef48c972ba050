using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration;

/// <summary>What a configuration is made of.</summary>
internal sealed record ConfigurationInput
{
    /// <summary>What the command line says.</summary>
    public IReadOnlyList<Setting> Flags { get; init; } = [];

    /// <summary>The environment; PATH in it is where executables are looked up.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A sub-command's own defaults, weaker than everything but the option table's.</summary>
    public IReadOnlyList<Setting> Presets { get; init; } = [];

    /// <summary>The clock; certificates are compared with it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
