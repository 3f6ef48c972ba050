using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Hosting.Management.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Tests.Hosting.Management;

public class LauncherCheckTests
{
    private static readonly LauncherHealth Degraded = new("The pool can not be filled. Workers are started by process.");
    private static readonly LauncherHealth Down = new("PHP-FPM does not answer: start it.", IsDown: true);

    [Fact]
    public async Task Check_AllReady_IsHealthy() => Assert.Equal(HealthStatus.Healthy, (await CheckAsync(LauncherHealth.Ready)).Status);

    [Fact]
    public async Task Check_OneServesInAnotherWay_IsDegradedAndSaysWhy()
    {
        var result = await CheckAsync(LauncherHealth.Ready, Degraded);

        Assert.Equal((HealthStatus.Degraded, Degraded.Problem), (result.Status, result.Description));
        Assert.Equal("pool: degraded", result.Data["/1"]);
    }

    [Fact]
    public async Task Check_OneOfTwoIsDown_IsDegraded() => Assert.Equal(HealthStatus.Degraded, (await CheckAsync(LauncherHealth.Ready, Down)).Status);

    [Fact]
    public async Task Check_NoneCanStartAnything_IsUnhealthy()
    {
        var result = await CheckAsync(Down, Down);

        Assert.Equal((HealthStatus.Unhealthy, Down.Problem), (result.Status, result.Description));
    }

    private static Task<HealthCheckResult> CheckAsync(params LauncherHealth[] healths) =>
        new LauncherCheck(() => [.. healths.Select((health, index) => new LauncherStatus($"/{index}", "pool", health))]).CheckHealthAsync(new HealthCheckContext());
}
