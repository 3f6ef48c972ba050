namespace KubeWsBridge.Bridge.Linux;

/// <summary>What epoll can tell of a descriptor, and how it is asked to (epoll_ctl(2)).</summary>
[Flags]
internal enum EpollEvents : uint
{
    None = 0,

    /// <summary>There is something to read, or the end (EPOLLIN).</summary>
    Readable = 0x001,

    /// <summary>There is room to write (EPOLLOUT).</summary>
    Writable = 0x004,

    /// <summary>The connection was reset or failed; reported unasked (EPOLLERR).</summary>
    Error = 0x008,

    /// <summary>Both directions have ended; reported unasked (EPOLLHUP).</summary>
    HungUp = 0x010,

    /// <summary>The peer has ended its direction; what it sent before may still be unread (EPOLLRDHUP).</summary>
    PeerEnded = 0x2000,

    /// <summary>Report once, then only when asked again (EPOLLONESHOT).</summary>
    OneShot = 1u << 30,

    /// <summary>Report changes instead of states (EPOLLET).</summary>
    EdgeTriggered = 1u << 31,
}
