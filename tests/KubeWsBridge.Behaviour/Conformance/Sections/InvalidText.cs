using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 8.1: what is not UTF-8 fails the connection with 1007, at the byte that cannot be right.</summary>
internal static class InvalidText
{
    private static readonly byte[] Before = "before"u8.ToArray();

    /// <summary>Sequences in the order of Markus Kuhn's stress test, and how many bytes it takes to know.</summary>
    private static readonly (string Hex, int Bad, string Title)[] Sequences =
    [
        ("80", 1, "the first continuation byte alone"), ("BF", 1, "the last continuation byte alone"), ("80BF", 1, "two continuation bytes"),
        ("808080", 1, "three continuation bytes"), ("8081828384858687", 1, "eight continuation bytes"),
        ("C020", 1, "C0 and a space"), ("DF20", 2, "a start of two bytes and a space"), ("E020", 2, "E0 and a space"), ("EF20", 2, "EF and a space"),
        ("F020", 2, "F0 and a space"), ("F420", 2, "F4 and a space"), ("F820", 1, "F8 and a space"), ("FC20", 1, "FC and a space"),
        ("E28220", 3, "two bytes of three and a space"), ("F09F20", 3, "two bytes of four and a space"), ("F09F8C20", 4, "three bytes of four and a space"),
        ("F888808080", 1, "a start of five bytes"), ("FC8480808080", 1, "a start of six bytes"), ("FE", 1, "FE"), ("FF", 1, "FF"), ("FEFEFFFF", 1, "FE FE FF FF"),
        ("C0AF", 1, "a slash in two bytes"), ("E080AF", 2, "a slash in three bytes"), ("F08080AF", 2, "a slash in four bytes"),
        ("F8808080AF", 1, "a slash in five bytes"), ("FC80808080AF", 1, "a slash in six bytes"),
        ("C1BF", 1, "the longest overlong of two bytes"), ("E09FBF", 2, "the longest overlong of three bytes"), ("F08FBFBF", 2, "the longest overlong of four bytes"),
        ("C080", 1, "NUL in two bytes"), ("E08080", 2, "NUL in three bytes"), ("F0808080", 2, "NUL in four bytes"),
        ("EDA080", 2, "U+D800"), ("EDADBF", 2, "U+DB7F"), ("EDAE80", 2, "U+DB80"), ("EDAFBF", 2, "U+DBFF"), ("EDB080", 2, "U+DC00"), ("EDBFBF", 2, "U+DFFF"),
        ("EDA080EDB080", 2, "U+D800 U+DC00"), ("EDAFBFEDBFBF", 2, "U+DBFF U+DFFF"),
        ("F4908080", 2, "U+110000"), ("F7BFBFBF", 1, "U+1FFFFF"), ("F5808080", 1, "a start of F5"),
        ("C3C3", 2, "a start after a start"), ("E282E2", 3, "a start after two bytes of three"), ("CEBAE1BDB9CF83CEBCCEB5EDA080656469746564", 13, "κόσμε, U+D800, edited"),
    ];

    private static readonly string[] Cut = ["C3", "DF", "E2", "E282", "EF", "EFBF", "F0", "F09F", "F09F8C", "F48FBF", "61C3", "CEBAE1BD"];

    public static IEnumerable<ConformanceCase> Cases => [.. Whole(), .. AtTheByte(), .. InFragments(), .. CutAtTheEnd()];

    private static IEnumerable<ConformanceCase> Whole()
    {
        foreach (var (hex, _, title) in Sequences)
        {
            var bytes = Convert.FromHexString(hex);
            yield return Fails($"8.1-bad-{hex}", title, 1007, (byte[])[.. Text(Before), .. Text(bytes), .. Text("after")])
                .WithEcho(Before).WithEchoUpTo(bytes);
        }
    }

    // The frame announces 100 bytes more than ever come: only a server that looks at each byte as it comes can know.
    private static IEnumerable<ConformanceCase> AtTheByte()
    {
        foreach (var (hex, bad, title) in Sequences)
        {
            byte[] bytes = [.. Convert.FromHexString(hex)[..bad]];
            var frame = Text([.. bytes, .. new byte[100]])[..(6 + bad)];
            yield return Fails($"8.1-fast-{hex}", $"{title}, before the frame is whole", 1007, Text(Before), frame).WithEcho(Before).WithEchoUpTo(bytes);
        }
    }

    private static IEnumerable<ConformanceCase> InFragments()
    {
        (string Title, string[] Hex)[] messages =
        [
            ("a surrogate cut between fragments", ["ED", "A080"]), ("an overlong cut between fragments", ["E0", "80AF"]),
            ("too high a code point cut between fragments", ["F4", "908080"]), ("a character that the next fragment does not go on with", ["E282", "41"]),
            ("a character that the next fragment does not go on with, after an empty one", ["E2", "", "41"]), ("a bad byte in the first fragment", ["61FF", "62"]),
            ("a bad byte in the last fragment", ["61", "62", "FF"]), ("a continuation byte at the start of a fragment", ["61", "80"]),
        ];
        for (var i = 0; i < messages.Length; i++)
        {
            var parts = messages[i].Hex.Select(Convert.FromHexString).ToArray();
            Step[] frames = [.. parts.Select((part, index) => new Step(Frame(index == 0 ? 1 : 0, part, final: index == parts.Length - 1)))];
            yield return Fails($"8.1-parts-{i + 1}", messages[i].Title, 1007, frames).WithEchoUpTo([.. parts.SelectMany(p => p)]);
        }

        yield return Fails("8.1-parts-fast", "a bad byte in a fragment fails before the message is whole", 1007, Text(Before, final: false), More([0xFF], final: false))
            .WithEcho(Before);
    }

    private static IEnumerable<ConformanceCase> CutAtTheEnd()
    {
        foreach (var hex in Cut)
        {
            var bytes = Convert.FromHexString(hex);
            yield return Fails($"8.1-cut-{hex}", $"a text that ends with {hex}", 1007, Text(Before), Text(bytes)).WithEcho(Before).WithEchoUpTo(bytes);
        }

        yield return Fails("8.1-cut-parts", "a message whose last fragment ends inside a character", 1007, Text([0x61], false), More([0xE2, 0x82], true))
            .WithEchoUpTo([0x61, 0xE2, 0x82]);
        yield return Fails("8.1-cut-empty", "a message that an empty fragment ends inside a character", 1007, Text([0xE2, 0x82], false), More([], true))
            .WithEchoUpTo([0xE2, 0x82]);
        yield return Fails("8.1-cut-next", "the next message does not complete the character", 1007, (byte[])[.. Text([0xE2, 0x82]), .. Text([0xAC])])
            .WithEchoUpTo([0xE2, 0x82]);
    }
}
