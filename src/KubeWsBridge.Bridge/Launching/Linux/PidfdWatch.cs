using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Learns of an exit from a pidfd, which becomes readable then (Linux 5.3).</summary>
internal sealed class PidfdWatch(EpollLoop loop) : IExitWatch
{
    private const int PidfdOpen = 434; // the system call's number on every architecture; the descriptor is close-on-exec

    /// <inheritdoc/>
    public bool TryWatch(Child child)
    {
        var descriptor = Libc.syscall(PidfdOpen, child.ProcessId, 0, 0);
        if (descriptor < 0)
            return false;

        return new Watched(child, new SafeFileHandle(descriptor, ownsHandle: true), loop).TryStart();
    }

    private sealed class Watched : IEpollTarget
    {
        private readonly Lock _gate = new();
        private readonly Child _child;
        private readonly SafeFileHandle _descriptor;
        private readonly EpollRegistration _registration;

        public Watched(Child child, SafeFileHandle descriptor, EpollLoop loop)
        {
            _child = child;
            _descriptor = descriptor;
            _registration = loop.Register(descriptor, this);
        }

        public bool TryStart()
        {
            lock (_gate)
            {
                try
                {
                    _registration.Arm(EpollEvents.Readable | EpollEvents.OneShot);
                    return true;
                }
                catch (IOException)
                {
                    Close();
                    return false;
                }
            }
        }

        public void OnReady(EpollEvents events)
        {
            lock (_gate)
            {
                if (!_child.TryReap())
                {
                    _registration.Arm(EpollEvents.Readable | EpollEvents.OneShot);
                    return;
                }

                Close();
            }

            _child.Announce();
        }

        private void Close()
        {
            _registration.Dispose();
            _descriptor.Dispose();
        }
    }
}
