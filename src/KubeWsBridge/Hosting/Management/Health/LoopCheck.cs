using KubeWsBridge.Bridge;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management.Health;

/// <summary>Whether the threads that carry bytes still answer; one that hangs serves nobody, and only a restart helps.</summary>
internal sealed class LoopCheck(WebSocketBridge bridge, TimeProvider timeProvider) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "loops";

    // A loop's longest step takes milliseconds. On a machine that is overloaded it may be kept from running for much longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await bridge.BeatAsync().WaitAsync(Patience, timeProvider, cancellationToken);
            return HealthCheckResult.Healthy("Every loop answers.");
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"A loop has not answered for {Patience.TotalSeconds:0} s.");
        }
    }
}
