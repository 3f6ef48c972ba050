using System.Globalization;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>What a fork server has in common with those before and after it.</summary>
/// <param name="Directory">Where it and the bridge meet.</param>
/// <param name="SharesProcesses">Whether its processes are processes of the bridge's container.</param>
/// <param name="MaxChildren">After so many workers it is out of date; 0 for never.</param>
/// <param name="Time">The clock.</param>
internal sealed record ForkServerOrigin(string Directory, bool SharesProcesses, int MaxChildren, TimeProvider Time)
{
    private long _lastName;

    /// <summary>A name for a worker that no other has or had.</summary>
    public string NextName() => Interlocked.Increment(ref _lastName).ToString(CultureInfo.InvariantCulture);
}
