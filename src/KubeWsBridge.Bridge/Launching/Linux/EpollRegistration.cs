using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A descriptor's place in the loop. Not thread-safe: its owner calls it under a lock of its own.</summary>
internal sealed unsafe class EpollRegistration(EpollLoop loop, SafeFileHandle descriptor, long key) : IDisposable
{
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const uint Readable = 0x001; // EPOLLIN; hang-up and error are always reported
    private const uint OneShot = 1u << 30;

    private bool _added;

    /// <summary>Asks for one call of <see cref="IEpollTarget.OnReadable"/> when there is something to read, or the end.</summary>
    /// <exception cref="IOException">The kernel has no room for another watch.</exception>
    public void Arm()
    {
        var request = stackalloc byte[EpollEvent.MaxSize];
        EpollEvent.Write(request, Readable | OneShot, key);

        // Added only now: a registered but unarmed descriptor would still report its hang-up.
        if (Libc.epoll_ctl(loop.Epoll, _added ? Modify : Add, descriptor, request) != 0)
            throw new IOException($"A worker's descriptor can not be watched: {Errno.Text(Errno.Last)}. Raise fs.epoll.max_user_watches.");

        _added = true;
    }

    /// <summary>Takes the descriptor out; call it before closing the descriptor. An event already on its way may still arrive.</summary>
    public void Dispose()
    {
        loop.Forget(key);
        if (!_added)
            return;

        _added = false;
        var ignored = stackalloc byte[EpollEvent.MaxSize];
        _ = Libc.epoll_ctl(loop.Epoll, Delete, descriptor, ignored);
    }
}
