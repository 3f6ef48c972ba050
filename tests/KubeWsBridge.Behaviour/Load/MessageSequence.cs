using System.Text;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>The same random messages for whoever sends them and whoever checks them: most of them tiny, some large, full of what may be mistaken for framing.</summary>
internal sealed class MessageSequence
{
    private const int LongestMessage = 1024 * 1024;
    private static readonly byte[] Bytes = MakeBytes();
    private static readonly byte[] Text = MakeText();

    private readonly Random _random;

    /// <summary>The sequence from its beginning.</summary>
    public MessageSequence(int seed) => _random = new Random(seed);

    /// <summary>The next message.</summary>
    public (bool IsText, ReadOnlyMemory<byte> Payload) Next()
    {
        var isText = _random.Next(4) == 0;
        var pool = isText ? Text : Bytes;
        var start = _random.Next(pool.Length - LongestMessage - 1);
        var end = start + Length();
        return (isText, pool.AsMemory(isText ? Boundary(pool, start)..Boundary(pool, end) : start..end));
    }

    // On the average 300 bytes, and all sizes up to 1 MiB: a hundred of a million messages have 512 KiB and more.
    private int Length() => _random.Next(10_000) switch
    {
        < 500 => 0,
        < 9_000 => _random.Next(1, 65),
        < 9_900 => _random.Next(65, 1_025),
        < 9_997 => _random.Next(1_025, 16_385),
        < 9_999 => _random.Next(16_385, 131_073),
        _ => _random.Next(131_073, LongestMessage + 1),
    };

    private static int Boundary(byte[] text, int at)
    {
        while ((text[at] & 0xC0) == 0x80)
            at--;
        return at;
    }

    private static byte[] MakeBytes()
    {
        var bytes = new byte[4 * LongestMessage];
        var random = new Random(1);
        random.NextBytes(bytes);
        string[] traps = ["\n", "\0", "\n\n", "text 5\nhello\n", "binary 0\n\n", "close 4\n1000\n", "text 1 +\n", "\r\n", "\u00ff\u00fe", "9b2f3c1e-8f5a-4c56-9d0a-3a6f1b7c2d4e messages\n"];
        for (var at = 0; at < bytes.Length - 64; at += random.Next(8, 64))
            Encoding.Latin1.GetBytes(traps[random.Next(traps.Length)]).CopyTo(bytes, at);
        return bytes;
    }

    private static byte[] MakeText()
    {
        string[] words = ["text 5\nhello\n", "ä", "€uro ", "𝄞", "\n", "\0", "plain words ", "binary 3 +\n", "\u2028", "日本語"];
        var random = new Random(2);
        var text = new StringBuilder();
        while (text.Length < 3 * LongestMessage)
            text.Append(words[random.Next(words.Length)]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
