using System.Buffers.Text;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Framing;

/// <summary>Writes what a worker is sent in <see cref="WorkerFraming.Messages"/>, and keeps everything else out of the pieces of a message.</summary>
/// <remarks>
/// What comes while a message is unfinished waits for its end: of pings and of pongs the last one, and the drain. Nothing else is kept; the rest
/// of a message is never waited for.
/// </remarks>
/// <param name="wantsPings">Whether the worker asked to see pings and pongs.</param>
/// <param name="timeProvider">Counts the time left until the end that a drain announces.</param>
internal sealed class FramesToWorker(bool wantsPings, TimeProvider timeProvider)
{
    /// <summary>Bytes that any call may write beside the payload it is given.</summary>
    public const int Reserve = 512;

    private const int MaxReason = 123;

    private byte[]? _laterPing;
    private byte[]? _laterPong;
    private TimeSpan? _drainLeft;
    private long _drainSince;

    /// <summary>Whether the worker has been given the beginning of a message and not its end.</summary>
    public bool IsInsideMessage { get; private set; }

    /// <summary>Writes a piece of a message, and behind the last one what has waited for it. Returns the bytes written.</summary>
    /// <param name="destination">At least the payload's length and <see cref="Reserve"/>.</param>
    /// <param name="type">Text or binary.</param>
    /// <param name="payload">The piece; an empty one is only written when it is the last.</param>
    /// <param name="last">Whether the message ends here.</param>
    public int WriteData(Span<byte> destination, Opcode type, ReadOnlySpan<byte> payload, bool last)
    {
        if (payload.IsEmpty && !last)
            return 0;
        IsInsideMessage = !last;
        var length = Write(destination, type == Opcode.Text ? "text "u8 : "binary "u8, payload, goesOn: !last);
        return last ? length + WriteLater(destination[length..]) : length;
    }

    /// <summary>Writes a ping or pong for a worker that wants them.</summary>
    public int WriteControl(Span<byte> destination, Opcode type, ReadOnlySpan<byte> payload)
    {
        if (!wantsPings)
            return 0;
        if (!IsInsideMessage)
            return Write(destination, type == Opcode.Ping ? "ping "u8 : "pong "u8, payload);
        (type == Opcode.Ping ? ref _laterPing : ref _laterPong) = payload.ToArray();
        return 0;
    }

    /// <summary>Tells that the session will be ended.</summary>
    /// <param name="destination">At least <see cref="Reserve"/> bytes.</param>
    /// <param name="left">How long until then.</param>
    public int WriteDrain(Span<byte> destination, TimeSpan left)
    {
        (_drainLeft, _drainSince) = (left, timeProvider.GetTimestamp());
        return IsInsideMessage ? 0 : WriteLater(destination);
    }

    /// <summary>Writes the last frame, inside a message too: that will not be finished.</summary>
    /// <param name="destination">At least <see cref="Reserve"/> bytes.</param>
    /// <param name="code">The close code; 1005 and 1006 stand for themselves.</param>
    /// <param name="reason">Cut to 123 bytes between two characters.</param>
    public static int WriteClose(Span<byte> destination, int code, string reason)
    {
        Span<byte> payload = stackalloc byte[5 + MaxReason];
        Utf8Formatter.TryFormat(code, payload, out var length);
        if (reason.Length > 0)
        {
            payload[length++] = (byte)' ';
            System.Text.Unicode.Utf8.FromUtf16(reason, payload.Slice(length, MaxReason), out _, out var reasonLength);
            length += reasonLength;
        }

        return Write(destination, "close "u8, payload[..length]);
    }

    private int WriteLater(Span<byte> destination)
    {
        var length = 0;
        if (_laterPing is { } ping)
            length += Write(destination, "ping "u8, ping);
        if (_laterPong is { } pong)
            length += Write(destination[length..], "pong "u8, pong);
        if (_drainLeft is { } left)
            length += WriteSeconds(destination[length..], left - timeProvider.GetElapsedTime(_drainSince));
        (_laterPing, _laterPong, _drainLeft) = (null, null, null);
        return length;
    }

    private static int WriteSeconds(Span<byte> destination, TimeSpan left)
    {
        Span<byte> seconds = stackalloc byte[32];
        var rounded = decimal.Round((decimal)Math.Max(0, left.TotalSeconds), 1);
        rounded.TryFormat(seconds, out var length, "0.#", System.Globalization.CultureInfo.InvariantCulture);
        return Write(destination, "drain "u8, seconds[..length]);
    }

    private static int Write(Span<byte> destination, ReadOnlySpan<byte> word, ReadOnlySpan<byte> payload, bool goesOn = false)
    {
        var length = FrameLine.Write(destination, word, payload.Length, goesOn);
        payload.CopyTo(destination[length..]);
        length += payload.Length;
        destination[length] = FrameLine.Guard;
        return length + 1;
    }
}
