using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>The two layouts of struct epoll_event: packed to 12 bytes on x86, naturally aligned (16 bytes) elsewhere.</summary>
internal static unsafe class EpollEvent
{
    /// <summary>Room enough for either.</summary>
    public const int MaxSize = 16;

    private static readonly int KeyOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    /// <summary>Bytes from one event to the next.</summary>
    public static int Size => KeyOffset + sizeof(long);

    /// <summary>Fills an event in.</summary>
    public static void Write(byte* target, EpollEvents events, long key)
    {
        Unsafe.WriteUnaligned(target, events);
        Unsafe.WriteUnaligned(target + KeyOffset, key);
    }

    /// <summary>What happened.</summary>
    public static EpollEvents ReadEvents(byte* source) => Unsafe.ReadUnaligned<EpollEvents>(source);

    /// <summary>The key given when the descriptor was registered.</summary>
    public static long ReadKey(byte* source) => Unsafe.ReadUnaligned<long>(source + KeyOffset);
}
