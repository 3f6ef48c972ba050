using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Behaviour.Conformance.Handshakes;

/// <summary>An HTTP/1.1 answer, read strictly (RFC 9112).</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">Names in lower case.</param>
/// <param name="Length">Bytes up to the end of the body, or of the head for a 101.</param>
public sealed partial record HandshakeAnswer(int Status, ILookup<string, string> Headers, int Length)
{
    /// <summary>The header's only value; null when it is not there.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Headers[name].ToArray();
            Assert.True(values.Length <= 1, $"{name} stands {values.Length} times.");
            return values.FirstOrDefault();
        }
    }

    /// <summary>Reads the answer at the front; null when it is not whole yet.</summary>
    /// <exception cref="InvalidDataException">This is no HTTP/1.1 answer.</exception>
    public static HandshakeAnswer? Read(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var lines = Encoding.Latin1.GetString(bytes[..end]).Split("\r\n");
        if (StatusLine().Match(lines[0]) is not { Success: true } match)
            throw new InvalidDataException($"This is no status line: {lines[0]}");
        var headers = lines.Skip(1).Select(ReadHeader).ToLookup(h => h.Name, h => h.Value);
        var answer = new HandshakeAnswer(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), headers, end + 4);
        return answer.Status is 101 ? answer : answer.WithBody(bytes[(end + 4)..]);
    }

    private HandshakeAnswer? WithBody(ReadOnlySpan<byte> rest)
    {
        var length = this["content-length"] is { } text ? int.Parse(text, CultureInfo.InvariantCulture)
            : this["transfer-encoding"] == "chunked" ? ChunkedLength(rest)
            : this["connection"] == "close" ? rest.Length // up to the end of the connection, for a client of HTTP/1.0
            : throw new InvalidDataException("An answer whose body has no length.");
        return length is { } known && known <= rest.Length ? this with { Length = Length + known } : null;
    }

    private static int? ChunkedLength(ReadOnlySpan<byte> body)
    {
        for (var at = 0; ;)
        {
            var line = body[at..].IndexOf("\r\n"u8);
            if (line < 0)
                return null;
            var size = int.Parse(Encoding.ASCII.GetString(body.Slice(at, line)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2 + size + 2;
            if (at > body.Length)
                return null;
            if (size == 0)
                return at;
        }
    }

    private static (string Name, string Value) ReadHeader(string line) =>
        HeaderLine().Match(line) is { Success: true } match
            ? (match.Groups[1].Value.ToLowerInvariant(), match.Groups[2].Value)
            : throw new InvalidDataException($"This is no header line: {line}");

    [GeneratedRegex("^HTTP/1\\.1 ([1-5][0-9][0-9]) [ -~]*$")]
    private static partial Regex StatusLine();

    [GeneratedRegex("^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([ -~]*)$")]
    private static partial Regex HeaderLine();
}
