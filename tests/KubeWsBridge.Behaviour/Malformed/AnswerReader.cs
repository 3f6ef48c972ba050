using KubeWsBridge.Behaviour.Conformance;
using KubeWsBridge.Behaviour.Conformance.Handshakes;

namespace KubeWsBridge.Behaviour.Malformed;

/// <summary>Reads everything a server sends on a connection and objects to what is not well-formed HTTP or RFC 6455.</summary>
/// <param name="seen">Told what came.</param>
/// <param name="expectsAnswer">The answer to the handshake comes first.</param>
public sealed class AnswerReader(Observation seen, bool expectsAnswer)
{
    private readonly ServerFrameReader _frames = new();
    private readonly List<byte> _head = [];

    /// <summary>Something that began did not end.</summary>
    public bool IsInside => _head.Count > 0 || _frames.Unfinished > 0;

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="InvalidDataException">They are wrong.</exception>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        if (!expectsAnswer || seen.Status == 101)
        {
            foreach (var frame in _frames.Read(bytes))
                seen.Add(frame);
            return;
        }

        if (seen.Status is not null)
            throw new InvalidDataException("The server sent bytes behind its answer.");
        _head.AddRange(bytes);
        var all = _head.ToArray();
        if (HandshakeAnswer.Read(all) is not { } answer)
            return;
        if (answer.Status is not (101 or (>= 400 and <= 505)))
            throw new InvalidDataException($"The answer is {answer.Status}.");
        _head.Clear();
        seen.Answered(answer.Status);
        if (all.Length > answer.Length)
            Read(all.AsSpan(answer.Length));
    }
}
