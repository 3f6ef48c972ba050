using System.Runtime.InteropServices;

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

        Check(PosixSpawn.posix_spawnattr_init(attributes));
        Check(PosixSpawn.posix_spawnattr_setflags(
            attributes, PosixSpawn.SetSession | PosixSpawn.SetSignalDefaults | PosixSpawn.SetSignalMask));

        // sigfillset leaves out the signals the C library keeps for its threads.
        Check(PosixSpawn.sigfillset(signals));
        Check(PosixSpawn.posix_spawnattr_setsigdefault(attributes, signals));
        Check(PosixSpawn.sigemptyset(signals));
        Check(PosixSpawn.posix_spawnattr_setsigmask(attributes, signals));
        return (nint)attributes;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new PlatformNotSupportedException($"This C library can not describe a process to start: {Errno.Text(error)}");
    }
}
