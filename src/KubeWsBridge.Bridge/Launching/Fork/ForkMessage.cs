using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>What the bridge and a fork server say to each other: four bytes of length (big-endian), a letter for the kind, and a body.</summary>
/// <param name="Kind">One of the letters below.</param>
/// <param name="Body">Words with spaces, or with NULs where they may hold spaces.</param>
internal readonly record struct ForkMessage(char Kind, string Body)
{
    /// <summary>To the server: fork a worker. Name, script, and variables, with NULs between them.</summary>
    public const char Launch = 'L';

    /// <summary>To the server: fork a worker that waits for its script and variables. Name.</summary>
    public const char Spare = 'S';

    /// <summary>To the server: send a signal to a worker and its group. Name, signal number.</summary>
    public const char Kill = 'K';

    /// <summary>Both ways: a sign of life.</summary>
    public const char Ping = 'P';

    /// <summary>To the server: end, nobody needs you any more.</summary>
    public const char Quit = 'Q';

    /// <summary>From the server: ready. Process id, PHP's version.</summary>
    public const char Ready = 'R';

    /// <summary>From the server: forked. Name, process id.</summary>
    public const char Forked = 'F';

    /// <summary>From the server: could not fork. Name, reason.</summary>
    public const char Failed = 'E';

    /// <summary>From the server: a worker has ended. Name, "exit" or "signal", number.</summary>
    public const char Ended = 'X';

    /// <summary>From the server: a file it has preloaded has changed. Path.</summary>
    public const char Changed = 'C';

    /// <summary>The message as it is sent.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[sizeof(int) + 1 + Encoding.UTF8.GetByteCount(Body)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - sizeof(int));
        bytes[sizeof(int)] = (byte)Kind;
        Encoding.UTF8.GetBytes(Body, bytes.AsSpan(sizeof(int) + 1));
        return bytes;
    }
}
