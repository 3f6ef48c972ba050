using System.Text;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>Makes up what a client may send: mostly right, sometimes wrong in one place.</summary>
internal sealed class RandomStream(Random random)
{
    private static readonly string[] Words = ["a", "plain words ", "Grüße ", "世界", "😀", "\u0000", "\uFFFD", "ÿ߿ࠀ"];

    public byte[] Next()
    {
        var bytes = new List<byte>();
        for (var messages = random.Next(1, 6); messages > 0; messages--) AddMessage(bytes);
        if (random.Next(3) == 0) bytes.AddRange(ClientFrame.Close(RandomCloseCode(), RandomText(5)));

        var stream = bytes.ToArray();
        if (random.Next(2) == 0) stream[random.Next(Math.Min(stream.Length, 200))] = (byte)random.Next(256);
        return random.Next(4) == 0 ? stream[..random.Next(stream.Length)] : stream;
    }

    public int[] Cuts(int length) => [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(length + 1)).Order()];

    private void AddMessage(List<byte> bytes)
    {
        var text = random.Next(2) == 0;
        var payload = text ? Encoding.UTF8.GetBytes(RandomText(30)) : RandomBytes(random.Next(6) == 0 ? 70_000 : 400);
        var opcode = text ? 1 : 2;
        for (var fragments = random.Next(1, 5); fragments > 1; fragments--)
        {
            // Cut anywhere: inside a character and at length 0 too.
            var cut = random.Next(payload.Length + 1);
            bytes.AddRange(Frame(opcode, payload[..cut], final: false));
            payload = payload[cut..];
            opcode = 0;
            if (random.Next(3) == 0) bytes.AddRange(Frame(random.Next(9, 11), RandomBytes(125), final: true));
        }

        bytes.AddRange(Frame(opcode, payload, final: true));
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
