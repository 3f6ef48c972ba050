using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Tests.Launching;

/// <summary>
/// A bridge to be killed: <see cref="LifelineTests"/> starts this assembly as a program of its own with DOTNET_STARTUP_HOOKS, which calls
/// <see cref="Initialize"/> before Main. The name and the missing namespace are the runtime's rule.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        var worker = ProcessStarter.Create().RunAsync(Launches.Shell(LifelineTests.Script)).AsTask().GetAwaiter().GetResult();
        Console.WriteLine(worker.ProcessId);
        Console.WriteLine(worker.Output.ReadLineAsync().GetAwaiter().GetResult());
        Thread.Sleep(Timeout.Infinite);
    }
}
