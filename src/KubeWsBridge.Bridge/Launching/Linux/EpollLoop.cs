using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>One thread that waits for all workers' pipes and exits, so that an idle worker costs neither a thread nor a buffer.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The one loop there is lives as long as the process.")]
internal sealed unsafe class EpollLoop
{
    private const int Batch = 128;

    private static readonly Lazy<EpollLoop> Lazy = new(static () => new EpollLoop());

    // Keys are never used twice: an event that was on its way while its descriptor was closed finds nobody, even if the number was reused.
    private readonly ConcurrentDictionary<long, IEpollTarget> _targets = new();
    private readonly SafeFileHandle _epoll;
    private long _lastKey;

    private EpollLoop()
    {
        var descriptor = Libc.epoll_create1(Libc.CloseOnExec);
        if (descriptor < 0)
            throw SpawnFailure.Describe(Errno.Last);

        _epoll = new SafeFileHandle(descriptor, ownsHandle: true);
        new Thread(Run) { IsBackground = true, Name = "kwb-workers" }.UnsafeStart();
    }

    /// <summary>The loop of this process; it lives as long.</summary>
    public static EpollLoop Shared => Lazy.Value;

    /// <summary>The epoll instance.</summary>
    internal SafeFileHandle Epoll => _epoll;

    /// <summary>Registers a descriptor; nothing is waited for until it is armed.</summary>
    public EpollRegistration Register(SafeFileHandle descriptor, IEpollTarget target)
    {
        var key = Interlocked.Increment(ref _lastKey);
        _targets[key] = target;
        return new EpollRegistration(this, descriptor, key);
    }

    /// <summary>Forgets a registration.</summary>
    internal void Forget(long key) => _targets.TryRemove(key, out _);

    private void Run()
    {
        var events = stackalloc byte[Batch * EpollEvent.MaxSize];
        while (true)
        {
            var count = Libc.epoll_wait(_epoll, events, Batch, milliseconds: -1);
            if (count < 0 && Errno.Last != Errno.Interrupted)
                throw new InvalidOperationException($"epoll_wait failed: {Errno.Text(Errno.Last)}");

            for (var index = 0; index < count; index++)
            {
                if (_targets.TryGetValue(EpollEvent.ReadKey(events + index * EpollEvent.Size), out var target))
                    target.OnReadable();
            }
        }
    }
}
