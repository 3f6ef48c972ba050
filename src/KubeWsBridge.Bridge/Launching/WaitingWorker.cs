using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>A worker that waits for its connection.</summary>
/// <param name="worker">Its process.</param>
/// <param name="input">The end of the pipe from which it gets its variables; this instance owns it.</param>
/// <param name="startedAt">When it was started, as a <see cref="TimeProvider"/> timestamp.</param>
internal sealed class WaitingWorker(IWorker worker, SafeFileHandle input, long startedAt) : IAsyncDisposable
{
    /// <summary>Its process.</summary>
    public IWorker Worker => worker;

    /// <summary>When it was started.</summary>
    public long StartedAt => startedAt;

    /// <summary>Whether it has loaded what it has to load.</summary>
    public bool IsReady { get; set; }

    /// <summary>Gives it its variables, and with them its beginning; false when it has died.</summary>
    /// <remarks>When there is more than a pipe can hold (64 KiB), it waits until it reads; or, if the pipe is one that does not wait, fails.</remarks>
    public unsafe bool TryBegin(ReadOnlySpan<byte> variables)
    {
        using (input)
        {
            while (!variables.IsEmpty)
            {
                nint count;
                fixed (byte* source = variables)
                    count = Libc.write(input, source, (nuint)variables.Length);
                if (count >= 0)
                    variables = variables[(int)count..];
                else if (Errno.Last != Errno.Interrupted)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync()
    {
        input.Dispose();
        return worker.DisposeAsync();
    }
}
