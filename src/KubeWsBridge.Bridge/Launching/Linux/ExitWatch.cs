using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Watches by pidfd and, for children that can not be, by SIGCHLD: a started child is never left unwatched.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ExitWatch(IExitWatch preferred, ILogger logger)
{
    private int _told;

    /// <summary>Has the child reaped as soon as it ends.</summary>
    public void Watch(Child child)
    {
        if (preferred.TryWatch(child))
            return;

        var reason = Errno.Text(Errno.Last);
        if (Interlocked.Exchange(ref _told, 1) == 0)
            LaunchLog.NoPidfd(logger, reason);

        SigchldWatch.Shared.Watch(child);
    }
}
