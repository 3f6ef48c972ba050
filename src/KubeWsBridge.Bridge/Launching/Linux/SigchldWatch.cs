using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Learns of exits from SIGCHLD, where there is no pidfd (kernels before 5.3, some sandboxes).</summary>
/// <remarks>Signals merge, so each one makes us look at all children; only at ours, because others may be waited for elsewhere.</remarks>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "The one watch there is lives as long as the process.")]
internal sealed class SigchldWatch
{
    private static readonly Lazy<SigchldWatch> Lazy = new(static () => new SigchldWatch());

    private readonly ConcurrentDictionary<Child, byte> _children = new();
    private readonly PosixSignalRegistration _registration;

    private SigchldWatch() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => ReapAll());

    /// <summary>The watch of this process.</summary>
    public static SigchldWatch Shared => Lazy.Value;

    /// <summary>Has the child reaped as soon as it ends.</summary>
    public void Watch(Child child)
    {
        _children[child] = 0;

        // It may have ended, and its signal come, before it was on the list.
        Reap(child);
    }

    private void ReapAll()
    {
        foreach (var (child, _) in _children)
            Reap(child);
    }

    private void Reap(Child child)
    {
        if (!child.TryReap())
            return;

        _children.TryRemove(child, out _);
        child.Announce();
    }
}
