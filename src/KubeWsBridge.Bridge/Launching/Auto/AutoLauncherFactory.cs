using System.Collections.Concurrent;

namespace KubeWsBridge.Bridge.Launching.Auto;

/// <summary>Makes launchers that choose the best of the others, and says once what was chosen for however many routes.</summary>
internal sealed class AutoLauncherFactory(ILauncherFactory process, ILauncherFactory pool, Fork.ForkLauncherFactory fork) : ILauncherFactory
{
    private readonly ConcurrentDictionary<(string Launcher, string Why), bool> _told = new();

    /// <inheritdoc/>
    public string Name => LauncherTable.Auto;

    /// <inheritdoc/>
    public ILauncher Create(LaunchPlan plan, LauncherContext context)
    {
        if (OperatingSystem.IsLinux() && plan is { Script: not null, Fork.ServerDirectory: { } directory })
        {
            Tell(fork.Name, $"a fork server is expected in {directory} (--fork-server-dir)");
            return fork.Create(plan, context);
        }

        var fallback = process.Create(plan, context);
        return OperatingSystem.IsLinux() ? new AutoLauncher(new AutoChoice(plan, context, fallback, pool, fork), fallback, Tell) : fallback;

        void Tell(string launcher, string why)
        {
            if (_told.TryAdd((launcher, why), true))
                AutoLog.Chosen(context.Logger, launcher, why);
        }
    }
}
