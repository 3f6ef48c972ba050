using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>All that happens in one case: made of a seed and a number, and of nothing else.</summary>
internal sealed record Scenario
{
    /// <summary>The seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>The number of the case.</summary>
    public required int Number { get; init; }

    /// <summary>Who ends it.</summary>
    public required Ending Ending { get; init; }

    /// <summary>What the client does after a close frame.</summary>
    public required Leaving Leaving { get; init; }

    /// <summary>What the worker does.</summary>
    public required WorkerPlan Worker { get; init; }

    /// <summary>The HTTP request.</summary>
    public required byte[] Handshake { get; init; }

    /// <summary>How it is right or wrong.</summary>
    public required string HandshakeNote { get; init; }

    /// <summary>What follows the request.</summary>
    public required byte[] Frames { get; init; }

    /// <summary>What the frames are.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How request and frames are sent.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>SO_RCVBUF of the client in bytes; 0 for the default.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>SO_SNDBUF of the client in bytes; 0 for the default.</summary>
    public int SendBuffer { get; init; }

    /// <summary>What must be made of the frames.</summary>
    public required ExpectedAnswer Answer { get; init; }

    /// <summary>By which a worker says whose it is.</summary>
    public string Token => TokenOf(Seed, Number);

    /// <summary>The kind, for statistics.</summary>
    public string Kind => $"{Ending}, {(Ending == Ending.Refusal ? HandshakeNote : Worker.Do)}";

    /// <summary>The token of a case.</summary>
    public static string TokenOf(int seed, int number) => $"{(uint)seed:x}-{number}";

    /// <summary>As a list for people.</summary>
    public IEnumerable<string> Lines() =>
    [
        $"ends by {Ending}, then the client leaves {Leaving}; buffers {ReceiveBuffer}/{SendBuffer}",
        $"worker {Worker.Query(Token)}",
        $"handshake {HandshakeNote}, {Handshake.Length} bytes",
        $"{Frames.Length} bytes of frames, by offset:",
        .. Notes,
        $"expected: {Answer.Data.Length} bytes of data{(Answer.Doubtful.Length > 0 ? $" and up to {Answer.Doubtful.Length} more" : "")}, "
            + $"{Answer.Pongs.Count} pongs, close {Answer.CloseCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "open"}{(Answer.GoesOn ? ", and more behind it" : "")}",
        $"steps: {string.Join("; ", Steps)}",
    ];
}
