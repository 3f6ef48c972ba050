using System.Text.Unicode;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Checks UTF-8 in pieces and fails at the very byte that makes it invalid (RFC 3629, RFC 6455 section 8.1).</summary>
/// <remarks>
/// Three bytes of state: a sequence cut at the end of a piece is remembered as what may follow, not as the bytes that were seen.
/// A mutable struct: keep it in a field that is not readonly.
/// </remarks>
public struct Utf8Validator
{
    private byte _missing;
    private byte _lowest;
    private byte _highest;

    /// <summary>True when no sequence is open: the text may end here.</summary>
    public readonly bool IsComplete => _missing == 0;

    /// <summary>Takes the next piece; false from the byte on after which no valid text is possible.</summary>
    public bool Append(ReadOnlySpan<byte> bytes) => Append(bytes, out _);

    /// <summary>As <see cref="Append(ReadOnlySpan{byte})"/>; <paramref name="accepted"/> counts the bytes before the bad one.</summary>
    public bool Append(ReadOnlySpan<byte> bytes, out int accepted)
    {
        accepted = 0;
        while (_missing > 0 && accepted < bytes.Length)
        {
            if (!Continue(bytes[accepted])) return false;
            accepted++;
        }

        // The bulk goes the vectorised way; only if it is bad are its bytes walked, once in a connection's life, to find the bad one.
        var bulk = LengthWithoutCutSequence(bytes[accepted..]);
        if (Utf8.IsValid(bytes.Slice(accepted, bulk))) accepted += bulk;

        for (; accepted < bytes.Length; accepted++)
        {
            var taken = _missing > 0 ? Continue(bytes[accepted]) : Begin(bytes[accepted]);
            if (!taken) return false;
        }

        return true;
    }

    /// <summary>Forgets everything, a failure too.</summary>
    public void Reset() => this = default;

    /// <summary>Bytes up to a sequence that goes on in the next piece, should the last one do so.</summary>
    private static int LengthWithoutCutSequence(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var candidate = bytes[^back];
            if ((candidate & 0xC0) == 0x80) continue;
            var sequence = candidate switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return sequence > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    /// <summary>First byte of a sequence: the table of RFC 3629 section 4, which leaves no room for overlongs and surrogates.</summary>
    private bool Begin(byte lead) => lead switch
    {
        <= 0x7F => true,
        < 0xC2 => Fail(),
        <= 0xDF => Expect(1, 0x80, 0xBF),
        0xE0 => Expect(2, 0xA0, 0xBF),
        0xED => Expect(2, 0x80, 0x9F),
        <= 0xEF => Expect(2, 0x80, 0xBF),
        0xF0 => Expect(3, 0x90, 0xBF),
        <= 0xF3 => Expect(3, 0x80, 0xBF),
        0xF4 => Expect(3, 0x80, 0x8F),
        _ => Fail(),
    };

    private bool Continue(byte next) => next >= _lowest && next <= _highest ? Expect(_missing - 1, 0x80, 0xBF) : Fail();

    private bool Expect(int missing, byte lowest, byte highest)
    {
        (_missing, _lowest, _highest) = ((byte)missing, lowest, highest);
        return true;
    }

    /// <summary>Waits for a byte from an empty range, so that nothing is ever accepted or complete again.</summary>
    private bool Fail()
    {
        Expect(1, 0xFF, 0x00);
        return false;
    }
}
