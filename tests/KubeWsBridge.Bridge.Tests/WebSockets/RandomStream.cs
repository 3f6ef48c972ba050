using System.Text;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>Makes up what a client may send: mostly right, sometimes wrong in one place.</summary>
internal sealed class RandomStream(Random random)
{
    private static readonly string[] Words = ["a", "plain words ", "Grüße ", "世界", "😀", "\u0000", "\uFFFD", "ÿ߿ࠀ"];

    public byte[] Next()
    {
        var frames = new List<byte[]>();
        for (var messages = random.Next(1, 6); messages > 0; messages--) AddMessage(frames);
        if (random.Next(3) == 0) frames.Add(ClientFrame.Close(RandomCloseCode(), RandomText(5)));
        if (random.Next(4) != 0) Spoil(frames);

        byte[] stream = [.. frames.SelectMany(frame => frame)];
        return random.Next(4) == 0 ? stream[..random.Next(stream.Length)] : stream;
    }

    public int[] Cuts(int length) => [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(length + 1)).Order()];

    private void Spoil(List<byte[]> frames)
    {
        var at = random.Next(frames.Count);
        var frame = frames[at];
        switch (random.Next(5))
        {
            case 0: // a frame is lost
                if (frames.Count > 1) frames.RemoveAt(at);
                break;
            case 1: // a bit of the first two bytes falls over
                frame[random.Next(2)] ^= (byte)(1 << random.Next(8));
                break;
            case 2: // any byte becomes another
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
                break;
            case 3: // a header with any length in any form
                var length = random.Next(4) == 0 ? ulong.MaxValue : (ulong)random.Next(70_000);
                frames[at] = [.. ClientFrame.Header(frame[0] & 15, frame[0] >= 128, 0, length, random.Next(2) == 0 ? 2 : 8), .. frame[2..]];
                break;
            default: // a frame with any opcode comes in between
                frames.Insert(at, Frame(random.Next(16), RandomBytes(130), random.Next(2) == 0));
                break;
        }
    }

    private void AddMessage(List<byte[]> frames)
    {
        var text = random.Next(2) == 0;
        var payload = text ? Encoding.UTF8.GetBytes(RandomText(30)) : RandomBytes(random.Next(6) == 0 ? 70_000 : 400);
        var opcode = text ? 1 : 2;
        for (var fragments = random.Next(1, 5); fragments > 1; fragments--)
        {
            // Cut anywhere: inside a character and at length 0 too.
            var cut = random.Next(payload.Length + 1);
            frames.Add(Frame(opcode, payload[..cut], final: false));
            payload = payload[cut..];
            opcode = 0;
            if (random.Next(3) == 0) frames.Add(Frame(random.Next(9, 11), RandomBytes(125), final: true));
        }

        frames.Add(Frame(opcode, payload, final: true));
    }

    private byte[] Frame(int opcode, byte[] payload, bool final)
    {
        var key = new byte[4];
        random.NextBytes(key);
        return ClientFrame.Build(opcode, payload, final, key: key);
    }

    private byte[] RandomBytes(int most)
    {
        var bytes = new byte[random.Next(3) == 0 ? most : random.Next(most + 1)];
        random.NextBytes(bytes);
        return bytes;
    }

    private string RandomText(int mostWords) =>
        string.Concat(Enumerable.Range(0, random.Next(mostWords)).Select(_ => Words[random.Next(Words.Length)]));

    private int RandomCloseCode() => random.Next(2) == 0 ? 1000 : random.Next(900, 5100);
}
