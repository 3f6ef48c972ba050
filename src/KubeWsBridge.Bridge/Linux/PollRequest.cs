using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    private const short In = 1; // POLLIN

    private int _descriptor;
    private short _wanted;
    private short _found;

    /// <summary>Whether a read would return at once, with data or with the end.</summary>
    public static unsafe bool IsReadable(SafeFileHandle descriptor)
    {
        // The reference keeps another thread's Dispose from closing the number while it is polled.
        var referenced = false;
        try
        {
            descriptor.DangerousAddRef(ref referenced);
            var request = new PollRequest { _descriptor = (int)descriptor.DangerousGetHandle(), _wanted = In };
            return Libc.poll(&request, count: 1, milliseconds: 0) > 0 && request._found != 0;
        }
        finally
        {
            if (referenced)
                descriptor.DangerousRelease();
        }
    }
}
