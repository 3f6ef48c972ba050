using System.Text;
using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 8.1: all that is UTF-8 by RFC 3629 is text.</summary>
internal static class ValidText
{
    private static readonly int[] CodePoints =
    [
        0x00, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xFDD0, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE,
        0x1FFFF, 0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFE, 0x10FFFF,
    ];

    private static readonly (string Name, string Text)[] Texts =
    [
        ("Greek", "κόσμε, ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία"), ("Hebrew and Arabic", "שלום عليكم"), ("Chinese, Japanese, Korean", "世界 こんにちは 안녕하세요"),
        ("combining marks", "e\u0301a\u0308\u0323"), ("emoji with joiners", "👩‍👩‍👧‍👦🏳️‍🌈"), ("control characters", "\u0001\t\r\n\u001B[0m\u007F\u0085"),
        ("directions and separators", "\u202Eabc\u2028\u2029"),
    ];

    public static IEnumerable<ConformanceCase> Cases => [.. Single(), .. Planes(), .. Scripts(), .. Long()];

    private static IEnumerable<ConformanceCase> Single()
    {
        foreach (var code in CodePoints)
            yield return Echoes($"8.1-U+{code:X4}", $"U+{code:X4} is text", Utf8(code), Text(Utf8(code)));
    }

    private static IEnumerable<ConformanceCase> Planes()
    {
        for (var plane = 0; plane <= 16; plane++)
        {
            byte[] text = [.. Utf8((plane << 16) + 0x1234), .. Utf8((plane << 16) + 0xFFFE), .. Utf8((plane << 16) + 0xFFFF)];
            yield return Echoes($"8.1-plane-{plane}", $"plane {plane}, with the noncharacters at its end", text, Text(text));
        }
    }

    private static IEnumerable<ConformanceCase> Scripts()
    {
        foreach (var (name, text) in Texts)
            yield return Echoes($"8.1-{name.Replace(' ', '-')}", name, Encoding.UTF8.GetBytes(text), Text(text));
        yield return Echoes("8.1-binary", "binary messages need not be UTF-8", [0xFF, 0xC0, 0x80, 0xED, 0xA0], Binary([0xFF, 0xC0, 0x80, 0xED, 0xA0]));
        yield return Echoes(
            "8.1-binary-parts", "binary fragments need not be UTF-8", [0xE2, 0xFF, 0x28], Binary([0xE2], false), More([0xFF], false), More([0x28], true));
    }

    private static IEnumerable<ConformanceCase> Long()
    {
        byte[] all = [.. CodePoints.SelectMany(Utf8)];
        byte[] text = [.. Enumerable.Repeat(all, 1000).SelectMany(b => b)];
        yield return Echoes("8.1-long", "a long text of all lengths of characters", text, Text(text));

        byte[] frames = [.. Enumerable.Range(0, all.Length).SelectMany(i => Frame(i == 0 ? 1 : 0, [all[i]], final: i == all.Length - 1))];
        yield return Echoes("8.1-bytes", "each byte of all lengths of characters in a fragment of its own", all, frames);
    }

    private static byte[] Utf8(int code) => Encoding.UTF8.GetBytes(char.ConvertFromUtf32(code));
}
