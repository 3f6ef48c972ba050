using System.Runtime.InteropServices;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A null-terminated array of C strings (argv, envp) in one block of unmanaged memory.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _block;

    private NativeStrings(byte** block) => _block = block;

    /// <summary>The array; the strings stand behind it in the same block.</summary>
    public byte** Pointer => _block;

    /// <summary>Copies strings as UTF-8; they must be free of NUL (<see cref="WorkerStrings"/> sees to it).</summary>
    public static NativeStrings From(IReadOnlyCollection<string> strings)
    {
        var table = checked((nuint)(strings.Count + 1) * (nuint)sizeof(byte*));
        var text = strings.Sum(static value => (long)Encoding.UTF8.GetByteCount(value) + 1);
        var block = (byte**)NativeMemory.Alloc(table + (nuint)text);

        var entry = block;
        var next = (byte*)block + table;
        var left = text;
        foreach (var value in strings)
        {
            var written = Encoding.UTF8.GetBytes(value, new Span<byte>(next, (int)Math.Min(left, int.MaxValue)));
            next[written] = 0;
            *entry++ = next;
            next += written + 1;
            left -= written + 1;
        }

        *entry = null;
        return new NativeStrings(block);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}
