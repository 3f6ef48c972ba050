using System.Globalization;
using System.Text;
using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Playing;

/// <summary>Reads the answer to the handshake and the frames behind it.</summary>
/// <param name="seen">Told what came.</param>
internal sealed class AnswerReader(Sighting seen)
{
    private readonly ServerFrameReader _frames = new();
    private readonly List<byte> _head = [];

    /// <summary>A frame or the answer has begun and not ended.</summary>
    public bool IsInside => _head.Count > 0 || _frames.Unfinished > 0;

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="InvalidDataException">They break a protocol.</exception>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        if (seen.Status == 0)
            bytes = ReadHead(bytes);
        if (seen.Status == 101 && bytes.Length > 0 && _frames.Read(bytes) is { Count: > 0 } frames)
            seen.Add(frames);
    }

    private ReadOnlySpan<byte> ReadHead(ReadOnlySpan<byte> bytes)
    {
        var before = _head.Count;
        _head.AddRange(bytes);
        var head = _head.ToArray();
        var end = head.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return [];
        var text = Encoding.Latin1.GetString(head, 0, end).Split(' ');
        if (text[0] != "HTTP/1.1" || !int.TryParse(text[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            throw new InvalidDataException("The server sent an answer that is not HTTP/1.1.");
        _head.Clear();
        seen.Answered(status);
        return bytes[(end + 4 - before)..];
    }
}
