using KubeWsBridge.Bridge.Launching.Php;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>What all launchers of a bridge share.</summary>
internal sealed record LauncherContext
{
    /// <summary>Starts processes.</summary>
    public required IProcessStarter Processes { get; init; }

    /// <summary>The bridge's own environment without what only it needs: what every worker's environment is built on.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The log of launching.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Asks PHPs about themselves.</summary>
    public PhpProbe Probe { get; } = new();

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>
    /// Tells whoever counts open files that the launcher holds so many, beside the three of each running worker; negative when it gives some back.
    /// </summary>
    public Action<int> HoldDescriptors { get; init; } = static _ => { };
}
