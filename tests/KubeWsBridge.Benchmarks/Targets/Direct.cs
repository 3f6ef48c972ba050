using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>Nothing in between: what generator and back-end can do at most.</summary>
internal sealed class Direct : IPeer
{
    /// <inheritdoc/>
    public string Name => "direct";

    /// <inheritdoc/>
    public string Install => "";

    /// <inheritdoc/>
    public Wire Wire => Wire.Raw;

    /// <inheritdoc/>
    public bool IsInstalled => true;

    /// <inheritdoc/>
    public string[] Command(int port, int backEnd, string folder) => [];
}
