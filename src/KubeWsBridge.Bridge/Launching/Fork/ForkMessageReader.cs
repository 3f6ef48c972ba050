using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Puts messages together from whatever pieces they come in.</summary>
internal sealed class ForkMessageReader
{
    // A server says little: paths are the longest of it.
    private const int Longest = 16 * 1024;

    private byte[] _buffer = new byte[512];
    private int _filled;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Space
    {
        get
        {
            if (_filled == _buffer.Length)
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            return _buffer.AsMemory(_filled);
        }
    }

    /// <summary>Takes note of so many new bytes in <see cref="Space"/>.</summary>
    public void Take(int count) => _filled += count;

    /// <summary>Takes the next whole message out; false when there is none yet.</summary>
    /// <exception cref="InvalidDataException">What was received is no message.</exception>
    public bool TryRead(out ForkMessage message)
    {
        message = default;
        if (_filled < sizeof(int))
            return false;

        var length = BinaryPrimitives.ReadInt32BigEndian(_buffer);
        if (length is < 1 or > Longest)
            throw new InvalidDataException($"a message can not have {length} bytes");
        var end = sizeof(int) + length;
        if (_filled < end)
            return false;

        message = new ForkMessage((char)_buffer[sizeof(int)], Encoding.UTF8.GetString(_buffer, sizeof(int) + 1, length - 1));
        _filled -= end;
        _buffer.AsSpan(end, _filled).CopyTo(_buffer);
        return true;
    }
}
