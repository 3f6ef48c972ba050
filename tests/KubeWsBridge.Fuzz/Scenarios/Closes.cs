using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>The close frames a client may send (RFC 6455 sections 5.5.1 and 7.4).</summary>
internal static class Closes
{
    /// <summary>One of them; <c>Code</c> is 1005 for an empty one.</summary>
    public static (int Code, byte[] Frame) Any(Dice dice, uint mask)
    {
        if (dice.Chance(15))
            return (1005, ClientFrames.Frame(8, [], mask: mask));
        var code = dice.OneOf(1000, 1000, 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999);
        var reason = SomeText.Valid(dice, dice.OneOf(0, 0, 1, 50, 122, 123));
        return (code, ClientFrames.Frame(8, [(byte)(code >> 8), (byte)code, .. reason], mask: mask));
    }
}
