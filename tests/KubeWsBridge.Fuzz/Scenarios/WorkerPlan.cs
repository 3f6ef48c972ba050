namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>What the worker (worker.pl) is to do; it is told by the query of the WebSocket. Sizes in bytes, times in milliseconds.</summary>
internal sealed record WorkerPlan
{
    /// <summary><c>echo</c>; <c>reply</c>: so many counted bytes for every so many it is given; <c>sink</c>: nothing.</summary>
    public string Do { get; init; } = "echo";

    /// <summary>For <c>reply</c>: how many bytes have an answer.</summary>
    public int Every { get; init; } = 1;

    /// <summary>For <c>reply</c>: the size of an answer.</summary>
    public int Reply { get; init; }

    /// <summary>Counted bytes that it sends in one segment with its hello line.</summary>
    public int Joined { get; init; }

    /// <summary>Counted bytes that it sends before it reads.</summary>
    public int Burst { get; init; }

    /// <summary>Counted bytes that it sends at the end.</summary>
    public int Last { get; init; }

    /// <summary>Bytes that it prints before it reads, all of them above 0x7F.</summary>
    public int Print { get; init; }

    /// <summary>Bytes that it prints at the end.</summary>
    public int PrintLast { get; init; }

    /// <summary>What it sends stays below 0x80, so that it can be told from what it prints.</summary>
    public bool Split { get; init; }

    /// <summary>It closes stdout at once.</summary>
    public bool Closed { get; init; }

    /// <summary>Most bytes that it reads at once.</summary>
    public int Read { get; init; } = 65_536;

    /// <summary>Most bytes that it writes at once; 0 for no limit.</summary>
    public int Piece { get; init; }

    /// <summary>TCP_NODELAY.</summary>
    public bool NoDelay { get; init; }

    /// <summary>How late it connects.</summary>
    public int Late { get; init; }

    /// <summary>How long it waits before it reads.</summary>
    public int Wait { get; init; }

    /// <summary>After how many reads it rests for a millisecond, from the first on.</summary>
    public int Rests { get; init; }

    /// <summary>It ends after it was given so many bytes; -1 for after all.</summary>
    public int Until { get; init; } = -1;

    /// <summary>How it ends: <c>exit</c>; <c>half</c>: it ends its output and reads on first; <c>kill</c>: by SIGKILL; <c>reset</c>: with a reset.</summary>
    public string How { get; init; } = "exit";

    /// <summary>Its exit status.</summary>
    public int Code { get; init; }

    /// <summary>The close code that tells the client of its end.</summary>
    public int CloseCode => Code == 0 && How != "kill" ? 1000 : 1011;

    /// <summary>The query that tells it.</summary>
    public string Query(string token) =>
        $"token={token}&do={Do}&every={Every}&reply={Reply}&joined={Joined}&burst={Burst}&last={Last}&print={Print}&printlast={PrintLast}"
        + $"&split={(Split ? 1 : 0)}&closed={(Closed ? 1 : 0)}&read={Read}&piece={Piece}&nodelay={(NoDelay ? 1 : 0)}&late={Late}&wait={Wait}"
        + $"&rests={Rests}&until={Until}&how={How}&code={Code}";

    /// <summary>All it sends if this is all it is given.</summary>
    public byte[] Output(ReadOnlySpan<byte> input)
    {
        var count = new CountedBytes();
        var output = new MemoryStream();
        output.Write(count.Next(Joined + Burst));
        if (Until >= 0 && input.Length > Until)
            input = input[..Until];
        if (Do == "echo")
            output.Write(input);
        else if (Do == "reply")
            output.Write(count.Next(input.Length / Every * Reply));
        output.Write(count.Next(Last));
        var bytes = output.ToArray();
        for (var i = 0; Split && i < bytes.Length; i++)
            bytes[i] &= 0x7F;
        return bytes;
    }

    /// <summary>How much of it is certain to come before its end, if it was given so many bytes.</summary>
    public int OutputLength(int input)
    {
        var taken = Until >= 0 ? Math.Min(Until, input) : input;
        return Joined + Burst + Do switch { "echo" => taken, "reply" => taken / Every * Reply, _ => 0 };
    }

    /// <summary>All it prints.</summary>
    public byte[] Printed()
    {
        var bytes = new CountedBytes().Next(Print + PrintLast);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] |= 0x80;
        return bytes;
    }
}
