using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 5.2, the payload length.</summary>
internal static class Lengths
{
    private static readonly int[] Boundaries = [0, 1, 125, 126, 127, 128, 255, 256, 4096, 65535, 65536, 65537, EchoBridge.MaxPayload];

    public static IEnumerable<ConformanceCase> Cases => [.. Messages(), .. NotMinimal(), .. OutOfRange(), .. Together()];

    private static IEnumerable<ConformanceCase> Messages()
    {
        foreach (var length in Boundaries)
        {
            yield return Echoes($"5.2-text-{length}", $"a text of {length} bytes", Letters(length), Text(Letters(length)));
            yield return Echoes($"5.2-binary-{length}", $"a binary message of {length} bytes", Bytes(length), Binary(Bytes(length)));
        }
    }

    private static IEnumerable<ConformanceCase> NotMinimal()
    {
        (LengthForm Form, int Length)[] wrong =
        [
            (LengthForm.Bits16, 0), (LengthForm.Bits16, 1), (LengthForm.Bits16, 125),
            (LengthForm.Bits64, 0), (LengthForm.Bits64, 125), (LengthForm.Bits64, 126), (LengthForm.Bits64, 65535),
        ];
        foreach (var (form, length) in wrong)
        {
            yield return Fails(
                $"5.2-{form}-{length}", $"{length} bytes must not be written as {form}", 1002,
                Text("before"), Frame(2, Bytes(length), form: form)).WithEcho("before"u8.ToArray());
        }
    }

    private static IEnumerable<ConformanceCase> OutOfRange()
    {
        long[] lengths = [long.MinValue, -1, long.MinValue + 5];
        foreach (var length in lengths)
            yield return Fails($"5.2-top-bit-{length:X}", $"the length {length:X} has its top bit set", 1002, Head(2, length, form: LengthForm.Bits64));
    }

    private static IEnumerable<ConformanceCase> Together()
    {
        byte[] thousand = [.. Enumerable.Range(0, 1000).SelectMany(i => Frame(1 + (i % 2), [(byte)('a' + (i % 26))]))];
        byte[] letters = [.. Enumerable.Range(0, 1000).Select(i => (byte)('a' + (i % 26)))];
        yield return Echoes("5.2-many-1", "a thousand messages in one segment keep their order", letters, thousand);

        byte[] mixed = [.. Boundaries[..9].SelectMany(length => Binary(Bytes(length)))];
        byte[] payload = [.. Boundaries[..9].SelectMany(Bytes)];
        yield return Echoes("5.2-many-2", "messages of all header lengths in one segment", payload, mixed);

        byte[] empty = [.. Enumerable.Range(0, 500).SelectMany(i => Frame(1 + (i % 2), [])), .. Text("end")];
        yield return Echoes("5.2-many-3", "500 empty messages, then one that is not", "end"u8.ToArray(), empty);
    }
}
