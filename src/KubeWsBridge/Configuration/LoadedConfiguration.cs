using KubeWsBridge.Bridge;
using KubeWsBridge.Configuration.Effective;

namespace KubeWsBridge.Configuration;

/// <summary>A configuration that has passed all checks.</summary>
internal sealed record LoadedConfiguration
{
    /// <summary>What it was made of, a file among it, and can be made of again; null when it can't.</summary>
    public ConfigurationInput? Input { get; init; }

    /// <summary>What the bridge is told.</summary>
    public required BridgeOptions Bridge { get; init; }

    /// <summary>What the program around it is told.</summary>
    public required ProgramOptions Program { get; init; }

    /// <summary>What works but may not be meant; to be logged once logging works.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Every option of the main table with its source, for printing.</summary>
    public required OptionValues Values { get; init; }

    /// <summary>The options of each route with their sources, in the order of <see cref="BridgeOptions.Routes"/>.</summary>
    public required IReadOnlyList<OptionValues> Routes { get; init; }

    /// <summary>Whether the file has <c>routes</c>, rather than one script for everything.</summary>
    public required bool HasRouteList { get; init; }

    /// <summary>The options of each entry of <c>listeners</c>; none when the file has no such list.</summary>
    public required IReadOnlyList<OptionValues> Listeners { get; init; }

    /// <summary>The options of each entry of <c>tlsCertificates</c>.</summary>
    public required IReadOnlyList<OptionValues> Certificates { get; init; }
}
