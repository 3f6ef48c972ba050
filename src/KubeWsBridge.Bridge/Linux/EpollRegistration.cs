using System.Runtime.InteropServices;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>A descriptor's place in a loop. Not thread-safe: its owner calls it under a lock of its own, or only on the loop's thread.</summary>
internal sealed unsafe class EpollRegistration(EpollLoop loop, SafeHandle descriptor, long key) : IDisposable
{
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;

    private bool _added;

    /// <summary>Asks for calls of <see cref="IEpollTarget.OnReady"/>. The loop watches nothing before the first call.</summary>
    /// <exception cref="IOException">The kernel has no room for another watch.</exception>
    public void Arm(EpollEvents events)
    {
        var request = stackalloc byte[EpollEvent.MaxSize];
        EpollEvent.Write(request, events, key);

        // Added only now: a registered but unarmed descriptor would still report its hang-up.
        if (Libc.epoll_ctl(loop.Epoll, _added ? Modify : Add, descriptor, request) != 0)
            throw new IOException($"A descriptor can not be watched: {Errno.Text(Errno.Last)}. Raise fs.epoll.max_user_watches.");

        _added = true;
    }

    /// <summary>Watches nothing until armed again, not even for a hang-up. An event already on its way may still arrive.</summary>
    public void Disarm()
    {
        if (!_added)
            return;

        _added = false;
        var ignored = stackalloc byte[EpollEvent.MaxSize];
        _ = Libc.epoll_ctl(loop.Epoll, Delete, descriptor, ignored);
    }

    /// <summary>Takes the descriptor out; call it before closing the descriptor. An event already on its way may still arrive.</summary>
    public void Dispose()
    {
        loop.Forget(key);
        Disarm();
    }
}
