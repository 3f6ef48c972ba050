using System.Globalization;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>What a fork server has in common with those before and after it.</summary>
/// <param name="Directory">Where it and the bridge meet.</param>
/// <param name="SharesProcesses">Whether its processes are processes of the bridge's container.</param>
/// <param name="MaxChildren">After so many workers it is out of date; 0 for never.</param>
/// <param name="Spares">How many workers it has forked before they are needed, asked again each time.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Hears of spare workers that die.</param>
internal sealed record ForkServerOrigin(string Directory, bool SharesProcesses, int MaxChildren, Func<int> Spares, TimeProvider Time, ILogger Logger)
{
    private long _lastName;

    /// <summary>A name for a worker that no other has or had.</summary>
    public string NextName() => Interlocked.Increment(ref _lastName).ToString(CultureInfo.InvariantCulture);
}
