using KubeWsBridge.Fuzz.Playing;
using KubeWsBridge.Fuzz.Scenarios;

namespace KubeWsBridge.Fuzz.Judging;

/// <summary>Holds what came of a scenario against what must come of it.</summary>
internal static class Judge
{
    /// <summary>All that is wrong; README.md says what is looked at and what is not.</summary>
    public static IEnumerable<string> Faults(Scenario scenario, Outcome outcome)
    {
        string?[] faults =
        [
            outcome.Hang,
            Status(scenario, outcome.Seen),
            Input(scenario, outcome),
            .. Data(scenario, outcome),
            Pongs(scenario, outcome.Seen),
            Close(scenario, outcome.Seen),
            End(scenario, outcome.Seen),
            Worker(scenario, outcome),
        ];
        return faults.OfType<string>().Select(fault => $"{outcome.Bridge}: {fault}");
    }

    /// <summary>What must be equal and is not.</summary>
    public static IEnumerable<string> Differences(Scenario scenario, Outcome a, Outcome b)
    {
        if (scenario.Ending != Ending.Refusal && !(IsWhole(scenario, a.Seen) && IsWhole(scenario, b.Seen)))
            yield break;
        if (a.Seen.Status != b.Seen.Status)
            yield return $"the status is {a.Seen.Status} and {b.Seen.Status}";
        if (!a.Seen.Kinds.SetEquals(b.Seen.Kinds))
            yield return $"the kinds of messages are {string.Join(" and ", a.Seen.Kinds)}, and {string.Join(" and ", b.Seen.Kinds)}";
        if (!(a.Seen.Close?.Payload ?? []).SequenceEqual(b.Seen.Close?.Payload ?? []))
            yield return $"the close frames are {a.Seen.Close?.CloseCode} \"{a.Seen.Close?.CloseReason}\" and {b.Seen.Close?.CloseCode} \"{b.Seen.Close?.CloseReason}\"";
    }

    /// <summary>Everything must have come to the client.</summary>
    /// <remarks>Who sends on after a close frame, which RFC 6455 section 5.5.1 forbids, may be answered with a reset that overtakes the rest.</remarks>
    private static bool IsWhole(Scenario scenario, Sighting seen) => scenario.Ending switch
    {
        Ending.Violation or Ending.Worker => true,
        Ending.Close => !scenario.Answer.GoesOn || seen.Close is not null,
        _ => false,
    };

    private static string? Status(Scenario scenario, Sighting seen) => scenario.Ending switch
    {
        Ending.Refusal => seen.Status is 0 or 101 ? $"a bad handshake is answered with {seen.Status}" : null,
        Ending.Reset => seen.Status is 0 or 101 ? null : $"the status is {seen.Status}",
        _ => seen.Status == 101 ? null : $"the status is {seen.Status}",
    };

    private static string? Input(Scenario scenario, Outcome outcome)
    {
        if (outcome.Worker is not { } worker)
            return null;
        byte[] most = [.. scenario.Answer.Data, .. scenario.Answer.Doubtful];
        var least = scenario.Ending switch { Ending.Reset => 0, Ending.Worker => scenario.Worker.Until, _ => scenario.Answer.Data.Length };
        return Bytes.Compare("what the worker was given", worker.Input, most, least);
    }

    private static IEnumerable<string?> Data(Scenario scenario, Outcome outcome)
    {
        var isWhole = IsWhole(scenario, outcome.Seen);
        var input = isWhole && outcome.Worker is { } worker ? worker.Input : [.. scenario.Answer.Data, .. scenario.Answer.Doubtful];
        var sent = scenario.Worker.Output(input);
        var data = outcome.Seen.Data;
        if (!scenario.Worker.Split)
            return [Bytes.Compare("data", data, sent, isWhole ? sent.Length : 0)];
        var printed = scenario.Worker.Printed();
        return
        [
            Bytes.Compare("data", [.. data.Where(b => b < 0x80)], sent, isWhole ? sent.Length : 0),
            Bytes.Compare("print", [.. data.Where(b => b >= 0x80)], printed, isWhole ? printed.Length : 0),
        ];
    }

    private static string? Pongs(Scenario scenario, Sighting seen)
    {
        var expected = scenario.Answer.Pongs;
        for (var i = 0; i < Math.Min(seen.Pongs.Count, expected.Count); i++)
        {
            if (!seen.Pongs[i].SequenceEqual(expected[i]))
                return $"pong {i} has {seen.Pongs[i].Length} bytes and not the {expected[i].Length} of its ping";
        }

        var isWhole = scenario.Ending != Ending.Worker && IsWhole(scenario, seen);
        return seen.Pongs.Count > expected.Count || (isWhole && seen.Pongs.Count < expected.Count)
            ? $"{seen.Pongs.Count} pongs for {expected.Count} pings"
            : null;
    }

    private static string? Close(Scenario scenario, Sighting seen)
    {
        if (scenario.Ending == Ending.HalfClose)
            return seen.Close?.CloseCode is null or 1000 or 1001 or 1005 ? null : $"the close code after a half-close is {seen.Close?.CloseCode}";
        if (!IsWhole(scenario, seen))
            return null;
        var expected = scenario.Ending == Ending.Worker ? scenario.Worker.CloseCode : scenario.Answer.CloseCode;
        return seen.Close?.CloseCode == expected ? null : $"the close code is {seen.Close?.CloseCode.ToString() ?? "missing"} and not {expected}";
    }

    private static string? End(Scenario scenario, Sighting seen)
    {
        var mayBeReset = scenario.Ending is Ending.HalfClose or Ending.Refusal || scenario.Answer.GoesOn;
        var end = !IsWhole(scenario, seen) ? seen.End?.Replace(" inside a frame", "", StringComparison.Ordinal) : seen.End;
        return end is "fin" or "left" or null || (end == "reset" && mayBeReset) ? null : $"the connection ends thus: {seen.End}";
    }

    private static string? Worker(Scenario scenario, Outcome outcome)
    {
        if (outcome.Worker is not { } worker)
            return scenario.Ending is Ending.Reset or Ending.Refusal ? null : "there was no worker";
        if (scenario.Ending == Ending.Refusal)
            return "there was a worker for a bad handshake";
        var expected = scenario.Worker is { Until: >= 0, How: not "half" } ? "enough" : "eof";
        return scenario.Ending is Ending.Reset or Ending.HalfClose || worker.LastWords == expected
            ? null
            : $"the worker's last words are \"{worker.LastWords}\" and not \"{expected}\"";
    }
}
