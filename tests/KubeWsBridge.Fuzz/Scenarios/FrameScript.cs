using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>The frames of a client, written down one by one with a note for people.</summary>
/// <param name="dice">Their chance.</param>
/// <param name="isAscii">All payload stays below 0x80.</param>
internal sealed class FrameScript(Dice dice, bool isAscii)
{
    private readonly MemoryStream _bytes = new();
    private readonly List<string> _notes = [];
    private readonly List<Mark> _marks = [];
    private int _data;
    private int _pongs;

    /// <summary>All of them.</summary>
    public byte[] Bytes => _bytes.ToArray();

    /// <summary>What they are.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Where they begin and end.</summary>
    public IReadOnlyList<Mark> Marks => _marks;

    /// <summary>Writes messages and control frames until the budget is spent.</summary>
    public void Converse(int budget)
    {
        for (var left = dice.Between(0, 9); left > 0 && budget > 0; left--)
        {
            switch (dice.Between(0, 9))
            {
                case < 5:
                    budget -= Message(Sizes.Any(dice, Math.Min(budget, Sizes.Limit)));
                    break;
                case < 7:
                    budget -= Fragments(Sizes.Any(dice, Math.Min(budget, Sizes.Limit)));
                    break;
                case 7:
                    budget -= Flood(Math.Min(dice.Magnitude(1500), budget));
                    break;
                default:
                    Control();
                    break;
            }
        }
    }

    /// <summary>Writes a frame as it is.</summary>
    public void Raw(byte[] frame, string note)
    {
        Append(frame, 0, 0);
        Note(frame.Length, note);
    }

    /// <summary>A payload for data.</summary>
    public byte[] Payload(int size, bool isText) => isText || isAscii ? SomeText.Valid(dice, size, isAscii) : dice.Bytes(size);

    /// <summary>Any mask; sometimes the one that does nothing.</summary>
    public uint Mask() => dice.Chance(5) ? 0 : (uint)dice.Random.NextInt64(1L << 32);

    private int Message(int size)
    {
        var isText = dice.Chance(40);
        var frame = ClientFrames.Frame(isText ? 1 : 2, Payload(size, isText), mask: Mask());
        Append(frame, size, 0);
        Note(frame.Length, $"{(isText ? "text" : "binary")} of {size}");
        return size + 20;
    }

    private int Fragments(int size)
    {
        var isText = dice.Chance(60);
        var payload = Payload(size, isText);
        var before = _bytes.Length;
        var count = dice.OneOf(2, 2, 3, 5, dice.Between(2, 60));
        for (var (at, left) = (0, count); left > 0; left--)
        {
            var length = left == 1 ? size - at : Math.Min(size - at, dice.Chance(20) ? 0 : dice.Between(0, 2 * size / count));
            Append(ClientFrames.Frame(at == 0 && left == count ? isText ? 1 : 2 : 0, payload[at..(at + length)], left == 1, mask: Mask()), length, 0);
            at += length;
            if (left > 1 && dice.Chance(15))
                Control();
        }

        Note((int)(_bytes.Length - before), $"{(isText ? "text" : "binary")} of {size} in {count} fragments");
        return size + (20 * count);
    }

    private int Flood(int count)
    {
        var before = _bytes.Length;
        var most = dice.OneOf(0, 1, 4, 20, 130);
        for (var left = count; left > 0; left--)
        {
            if (dice.Chance(4))
            {
                Control();
                continue;
            }

            var payload = Payload(dice.Between(0, most), false);
            Append(ClientFrames.Frame(2, payload, mask: Mask()), payload.Length, 0);
        }

        Note((int)(_bytes.Length - before), $"{count} messages of up to {most}");
        return count * (most / 2 + 8);
    }

    private void Control()
    {
        var payload = dice.Bytes(dice.OneOf(0, 1, 4, 124, 125, dice.Between(0, 125)));
        var isPing = dice.Chance(70);
        var frame = ClientFrames.Frame(isPing ? 9 : 10, payload, mask: Mask());
        Append(frame, 0, isPing ? 1 : 0);
        Note(frame.Length, $"{(isPing ? "ping" : "pong")} of {payload.Length}");
    }

    private void Append(byte[] frame, int data, int pongs)
    {
        _bytes.Write(frame);
        (_data, _pongs) = (_data + data, _pongs + pongs);
        _marks.Add(new Mark((int)_bytes.Length, _data, _pongs));
    }

    private void Note(int length, string text) => _notes.Add($"{_bytes.Length - length,8}  {text} ({length} bytes)");
}
