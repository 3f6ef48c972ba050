using System.Buffers;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>Bytes the kernel had no room for, in a pooled buffer that exists only while there are any.</summary>
internal struct PendingBytes
{
    private byte[]? _array;
    private int _start;
    private int _end;

    /// <summary>Whether there are none.</summary>
    public readonly bool IsEmpty => _start == _end;

    /// <summary>The bytes, in the order they were added.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _array.AsSpan(_start, _end - _start);

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var count = _end - _start;
        if (_array is null || _end + bytes.Length > _array.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(count + bytes.Length);
            Bytes.CopyTo(larger);
            Release();
            (_array, _end) = (larger, count);
        }

        bytes.CopyTo(_array.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Drops bytes from the front.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (IsEmpty)
            Release();
    }

    /// <summary>Drops all; a second time does nothing.</summary>
    public void Release()
    {
        if (_array is { } array)
            ArrayPool<byte>.Shared.Return(array);
        (_array, _start, _end) = (null, 0, 0);
    }
}
