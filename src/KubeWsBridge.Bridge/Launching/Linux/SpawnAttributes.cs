using System.Runtime.InteropServices;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>What every worker starts with: a session of its own, all signals at their defaults, none blocked.</summary>
/// <remarks>
/// The .NET runtime ignores SIGPIPE, and an ignored signal stays ignored across exec: without the reset, a worker that writes to a closed
/// pipe would not end as its shell tools expect. Built once; posix_spawn only reads it.
/// </remarks>
internal static unsafe class SpawnAttributes
{
    private const int SignalSetSize = 128;

    /// <summary>A posix_spawnattr_t that lives as long as the process.</summary>
    public static readonly nint Shared = Create();

    private static nint Create()
    {
        var attributes = NativeMemory.AllocZeroed(PosixSpawn.StructureSize);
        var signals = stackalloc byte[SignalSetSize];
        new Span<byte>(signals, SignalSetSize).Clear();

        Check(PosixSpawn.posix_spawnattr_init(attributes));
        Check(PosixSpawn.posix_spawnattr_setflags(
            attributes, PosixSpawn.SetSession | PosixSpawn.SetSignalDefaults | PosixSpawn.SetSignalMask));

        // The empty set is all zeros, the full one all ones: sigfillset would leave out 32 and 33, which glibc then ignores in the child.
        Check(PosixSpawn.posix_spawnattr_setsigmask(attributes, signals));
        new Span<byte>(signals, SignalSetSize).Fill(0xff);
        Check(PosixSpawn.posix_spawnattr_setsigdefault(attributes, signals));
        return (nint)attributes;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new PlatformNotSupportedException($"This C library can not describe a process to start: {Errno.Text(error)}");
    }
}
