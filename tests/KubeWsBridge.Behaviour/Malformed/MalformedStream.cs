using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Malformed;

/// <summary>All that one client of a seed does.</summary>
public sealed class MalformedStream
{
    /// <summary>What --max-payload-size is to be.</summary>
    public const int MaxPayload = 50_000;

    /// <summary>The stream of a seed, always the same.</summary>
    public MalformedStream(int seed)
    {
        var random = new Random(seed);
        SpoilsHandshake = seed % 2 == 0;
        IsHttp2 = seed % 10 == 1;
        EndsWithReset = random.Next(10) == 0;
        var frames = Frames(random);
        byte[] sent = SpoilsHandshake ? Mutator.Mutate([.. Handshake(random), .. frames], random)
            : random.Next(20) == 0 ? Garbage(random)
            : Mutator.Mutate(frames, random);
        Pieces = Cut(sent, random);

        var head = SpoilsHandshake ? HeadLength(sent) : 0;
        HasWholeHead = head > 0;
        if (!SpoilsHandshake || HasWholeHead)
            CloseCode = ExpectedAnswer.To(sent[head..], MaxPayload).CloseCode;
    }

    /// <summary>The handshake is among the pieces and ends: there must be an answer.</summary>
    public bool HasWholeHead { get; }

    /// <summary>The code of the server's close frame, if it accepts the handshake; null when it must wait for more.</summary>
    public int? CloseCode { get; }

    /// <summary>The handshake is among the pieces and as likely spoilt as the rest; otherwise a good one goes before them.</summary>
    public bool SpoilsHandshake { get; }

    /// <summary>Over HTTP/2.</summary>
    public bool IsHttp2 { get; }

    /// <summary>The client leaves with a reset instead of a half-close.</summary>
    public bool EndsWithReset { get; }

    /// <summary>What it sends, piece by piece.</summary>
    public IReadOnlyList<byte[]> Pieces { get; }

    private static byte[] Handshake(Random random)
    {
        // The frames behind it must not hide it: half of the mutations should hit the head, so it is long.
        string[] headers = ["Origin: https://example.com", "Sec-WebSocket-Protocol: chat", "Cookie: a=b", $"X-Pad: {new string('x', random.Next(400))}"];
        return RawClient.Handshake("/chat?x=1", headers[random.Next(headers.Length)..]);
    }

    // Kestrel takes a line feed alone for the end of a line, as RFC 9112 section 2.2 allows.
    private static int HeadLength(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)'\n')
                continue;
            if (i + 1 < bytes.Length && bytes[i + 1] == (byte)'\n')
                return i + 2;
            if (i + 2 < bytes.Length && bytes[i + 1] == (byte)'\r' && bytes[i + 2] == (byte)'\n')
                return i + 3;
        }

        return 0;
    }

    private static byte[] Frames(Random random)
    {
        var stream = new List<byte>();
        for (var count = random.Next(1, 8); count > 0; count--)
            stream.AddRange(Message(random));
        if (random.Next(2) == 0)
            stream.AddRange(ClientFrames.Close(1000 + random.Next(20), Encoding.UTF8.GetBytes("bye é")));
        return [.. stream];
    }

    private static byte[] Message(Random random)
    {
        var payload = Garbage(random, random.Next(4) == 0 ? random.Next(70_000) : random.Next(200));
        var mask = (uint)random.NextInt64(1L << 32);
        return random.Next(6) switch
        {
            0 => ClientFrames.Frame(9, payload[..Math.Min(125, payload.Length)], mask: mask),
            1 => ClientFrames.Frame(10, payload[..Math.Min(125, payload.Length)], mask: mask),
            2 => ClientFrames.Frame(1, Encoding.UTF8.GetBytes($"text ü 世 🌍 {random.Next()}"), mask: mask),
            3 => [
                .. ClientFrames.Frame(2, payload[..(payload.Length / 2)], final: false, mask: mask),
                .. ClientFrames.Ping([1, 2, 3]), .. ClientFrames.Frame(0, payload[(payload.Length / 2)..], mask: mask)],
            _ => ClientFrames.Frame(2, payload, mask: mask),
        };
    }

    private static byte[] Garbage(Random random) => Garbage(random, random.Next(1, 2000));

    private static byte[] Garbage(Random random, int length)
    {
        var garbage = new byte[length];
        random.NextBytes(garbage);
        return garbage;
    }

    private static List<byte[]> Cut(byte[] bytes, Random random)
    {
        var pieces = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(3) == 0 ? random.Next(1, 10) : random.Next(1, bytes.Length + 1), bytes.Length - at);
            pieces.Add(bytes[at..(at + length)]);
            at += length;
        }

        return pieces;
    }
}
