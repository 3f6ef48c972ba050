using System.Diagnostics;
using System.Runtime.InteropServices;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class LifelineTests
{
    /// <summary>What the bridge to be killed launches: a worker with a child, which ignore all polite signals.</summary>
    public const string Script = "trap '' HUP INT TERM PIPE; sleep 600 & echo $!; wait; sleep 600";

    [Fact]
    public async Task Bridge_KilledWithSigkill_TakesWorkerAndGrandchildAlong()
    {
        using var bridge = StartBridge();
        var worker = int.Parse((await bridge.StandardOutput.ReadLineAsync().WaitAsync(Launches.Patience))!);
        var grandchild = int.Parse((await bridge.StandardOutput.ReadLineAsync().WaitAsync(Launches.Patience))!);
        Assert.True(ProcessTable.IsRunning(worker));
        Assert.True(ProcessTable.IsRunning(grandchild));

        bridge.Kill();
        await bridge.WaitForExitAsync();

        await ProcessTable.WaitForEndAsync(worker);
        await ProcessTable.WaitForEndAsync(grandchild);
    }

    [Fact]
    public async Task Worker_EndingFirst_LeavesOthersAlone()
    {
        var launcher = ProcessStarter.Create();
        await using var survivor = await launcher.RunAsync(Launches.Request("sleep", "600"));
        await (await launcher.RunAsync(Launches.Request("sleep", "600"))).DisposeAsync();

        Assert.True(ProcessTable.IsRunning(survivor.ProcessId!.Value));
        Assert.False(survivor.Exited.IsCompleted);
    }

    private static Process StartBridge()
    {
        var assembly = typeof(LifelineTests).Assembly.Location;
        var dotnet = Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        var start = new ProcessStartInfo(dotnet, ["exec", assembly]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        return Process.Start(start)!;
    }
}
