using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>One thread that waits for many descriptors, so that an idle one costs neither a thread nor a buffer.</summary>
internal sealed unsafe class EpollLoop : IDisposable
{
    private const int Batch = 128;
    private const long WakeKey = 0;

    private static readonly Lazy<EpollLoop> LazyShared = new(static () => new EpollLoop("kwb-workers"));

    // Keys are never used twice: an event that was on its way while its descriptor was closed finds nobody, even if the number was reused.
    private readonly ConcurrentDictionary<long, IEpollTarget> _targets = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;
    private long _lastKey = WakeKey;
    private readonly Action<Exception>? _fault;
    private int _woken;
    private volatile bool _stopping;

    /// <summary>Starts the thread.</summary>
    /// <exception cref="IOException">The kernel has no descriptor left for it.</exception>
    /// <param name="name">The thread's name.</param>
    /// <param name="fault">Told of what targets and posted actions throw, though they should not; without it that ends the process.</param>
    public EpollLoop(string name, Action<Exception>? fault = null)
    {
        _fault = fault;
        _epoll = Owned(Libc.epoll_create1(Libc.CloseOnExec), "epoll_create1");
        _wake = Owned(Libc.eventfd(0, Libc.CloseOnExec | Libc.NonBlocking), "eventfd");
        new EpollRegistration(this, _wake, WakeKey).Arm(EpollEvents.Readable | EpollEvents.EdgeTriggered);
        new Thread(Run) { IsBackground = true, Name = name }.UnsafeStart();
    }

    /// <summary>The loop for workers' pipes and exits, and for connections before they belong to a session.</summary>
    public static EpollLoop Shared => LazyShared.Value;

    /// <summary>The epoll instance.</summary>
    internal SafeFileHandle Epoll => _epoll;

    /// <summary>Registers a descriptor; nothing is waited for until it is armed.</summary>
    public EpollRegistration Register(SafeHandle descriptor, IEpollTarget target)
    {
        var key = Interlocked.Increment(ref _lastKey);
        _targets[key] = target;
        return new EpollRegistration(this, descriptor, key);
    }

    /// <summary>Has the loop's thread call the action soon, after all that were posted before; the action never throws.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        if (Interlocked.Exchange(ref _woken, 1) != 0)
            return;

        try
        {
            var one = 1L;
            _ = Libc.write(_wake, (byte*)&one, sizeof(long));
        }
        catch (ObjectDisposedException)
        {
            // The thread has ended.
        }
    }

    /// <summary>Ends the thread; what is registered is served no more. Not for <see cref="Shared"/>, which lives as long as the process.</summary>
    public void Dispose() => Post(() => _stopping = true);

    /// <summary>Forgets a registration.</summary>
    internal void Forget(long key) => _targets.TryRemove(key, out _);

    private static SafeFileHandle Owned(int descriptor, string call) => descriptor >= 0
        ? new SafeFileHandle(descriptor, ownsHandle: true)
        : throw new IOException($"{call} failed: {Errno.Text(Errno.Last)}");

    private void Run()
    {
        var events = stackalloc byte[Batch * EpollEvent.MaxSize];
        while (!_stopping)
        {
            var count = Libc.epoll_wait(_epoll, events, Batch, milliseconds: -1);
            if (count < 0 && Errno.Last != Errno.Interrupted)
                throw new InvalidOperationException($"epoll_wait failed: {Errno.Text(Errno.Last)}");

            for (var index = 0; index < count; index++)
            {
                var @event = events + index * EpollEvent.Size;
                Dispatch(EpollEvent.ReadKey(@event), EpollEvent.ReadEvents(@event));
            }
        }

        _epoll.Dispose();
        _wake.Dispose();
    }

    private void Dispatch(long key, EpollEvents events)
    {
        try
        {
            if (key == WakeKey)
                RunPosted();
            else if (_targets.TryGetValue(key, out var target))
                target.OnReady(events);
        }
        catch (Exception exception) when (_fault is not null)
        {
            _fault(exception);
            if (key == WakeKey)
                Post(static () => { }); // for those behind the one that threw
        }
    }

    private void RunPosted()
    {
        // The flag first: who posts from here on wakes us again. The counter of the eventfd is never read: edge-triggered, each write reports anew.
        Volatile.Write(ref _woken, 0);
        Interlocked.MemoryBarrier();
        while (_posted.TryDequeue(out var action))
            action();
    }
}
