using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge;

/// <summary>A route with what its options name: the launcher and the parsed origins.</summary>
internal sealed record Route(RouteOptions Options, HeldLauncher Held, OriginPolicy Origins)
{
    /// <summary>Brings its workers to life.</summary>
    public ILauncher Launcher => Held.Launcher;
}
