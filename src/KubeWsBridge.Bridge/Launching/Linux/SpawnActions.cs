using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>What the child does with its descriptors and directory between fork and exec, in the order it was said.</summary>
internal sealed unsafe class SpawnActions : IDisposable
{
    private void* _actions = NativeMemory.AllocZeroed(PosixSpawn.StructureSize);

    public SpawnActions()
    {
        var error = PosixSpawn.posix_spawn_file_actions_init(_actions);
        if (error == 0)
            return;

        NativeMemory.Free(_actions);
        _actions = null;
        throw SpawnFailure.Describe(error);
    }

    /// <summary>The posix_spawn_file_actions_t.</summary>
    public void* Pointer => _actions;

    /// <summary>Opens a file for reading as <paramref name="target"/>.</summary>
    public void Open(string path, int target) =>
        Check(PosixSpawn.posix_spawn_file_actions_addopen(_actions, target, path, flags: 0, mode: 0));

    /// <summary>Hands a descriptor of ours down as <paramref name="target"/>; the copy stays open across exec.</summary>
    public void Inherit(SafeFileHandle descriptor, int target) =>
        Check(PosixSpawn.posix_spawn_file_actions_adddup2(_actions, descriptor, target));

    /// <summary>Starts the child in a directory.</summary>
    public void ChangeDirectory(string path)
    {
        try
        {
            Check(PosixSpawn.posix_spawn_file_actions_addchdir_np(_actions, path));
        }
        catch (EntryPointNotFoundException exception)
        {
            throw new LaunchException(
                $"The worker can not be started in {path}: the C library here has no posix_spawn_file_actions_addchdir_np. " +
                "Use glibc 2.29 or musl 1.1.24 or newer, or leave the working directory unset.",
                retryable: false,
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_actions is null)
            return;

        _ = PosixSpawn.posix_spawn_file_actions_destroy(_actions);
        NativeMemory.Free(_actions);
        _actions = null;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw SpawnFailure.Describe(error);
    }
}
