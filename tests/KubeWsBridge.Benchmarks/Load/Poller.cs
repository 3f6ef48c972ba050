using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>One epoll instance over a set of connections, level-triggered; the index of a connection is its key.</summary>
internal sealed unsafe class Poller : IDisposable
{
    private const int Batch = 128;

    // struct epoll_event is packed on x86 and naturally aligned elsewhere.
    private static readonly int KeyOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private readonly byte[] _events = GC.AllocateArray<byte>(Batch * 16, pinned: true);
    private readonly int _epoll = Libc.epoll_create1(0);

    /// <summary>Waits for the connections to be readable from now on.</summary>
    public void Add(int descriptor, int key) => Control(Libc.ControlAdd, descriptor, key, Libc.Readable);

    /// <summary>Also waits for room to write, or no longer does.</summary>
    public void WaitForRoom(int descriptor, int key, bool wanted) =>
        Control(Libc.ControlModify, descriptor, key, wanted ? Libc.Readable | Libc.Writable : Libc.Readable);

    /// <summary>Waits until something happens or the time has come; returns how many events there are.</summary>
    /// <param name="deadline">In ticks of <see cref="Stopwatch"/>, which are nanoseconds here.</param>
    public int Wait(long deadline)
    {
        var left = Math.Max(0, deadline - Stopwatch.GetTimestamp());
        var timeout = stackalloc long[] { left / 1_000_000_000, left % 1_000_000_000 };
        var count = Libc.epoll_pwait2(_epoll, First, Batch, timeout, 0);
        if (count < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted)
            throw new Win32Exception();
        return Math.Max(0, count);
    }

    /// <summary>The deadline that lies so far ahead.</summary>
    public static long In(TimeSpan span) => Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);

    /// <summary>The key of an event and what it says.</summary>
    public (int Key, bool Readable, bool Writable) Event(int index)
    {
        var source = First + index * (KeyOffset + sizeof(long));
        var flags = Unsafe.ReadUnaligned<uint>(source);
        return ((int)Unsafe.ReadUnaligned<long>(source + KeyOffset), (flags & ~Libc.Writable) != 0, (flags & Libc.Writable) != 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.close(_epoll);

    private byte* First => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_events));

    private void Control(int operation, int descriptor, int key, uint flags)
    {
        var target = stackalloc byte[16];
        Unsafe.WriteUnaligned(target, flags);
        Unsafe.WriteUnaligned(target + KeyOffset, (long)key);
        if (Libc.epoll_ctl(_epoll, operation, descriptor, target) < 0)
            throw new Win32Exception();
    }
}
