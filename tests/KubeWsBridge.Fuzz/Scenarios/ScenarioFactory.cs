using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>Makes a case of a seed and a number.</summary>
internal static class ScenarioFactory
{
    /// <summary>Always the same for the same arguments.</summary>
    public static Scenario Create(int seed, int number)
    {
        var dice = new Dice(seed, number);
        var ending = AnyEnding(dice);
        var isAscii = dice.Chance(16);
        var script = new FrameScript(dice, isAscii);
        script.Converse(Sizes.Budget(dice));
        var (frames, marks) = End(dice, script, ending, isAscii);
        var answer = ExpectedAnswer.To(frames, Sizes.Limit);
        if (ending == Ending.Violation && answer.CloseCode is null)
            ending = Ending.HalfClose; // garbage that could still become something

        isAscii &= answer.Data.All(b => b < 0x80) && answer.Doubtful.Length == 0;
        var worker = WorkerPlans.Any(dice, ending, answer.Data.Length, isAscii);
        var query = worker.Query(Scenario.TokenOf(seed, number));
        var (note, handshake) = ending == Ending.Refusal ? Handshakes.Bad(dice, query) : Handshakes.Good(dice, query);
        var length = handshake.Length + frames.Length;
        if (ending == Ending.Reset && dice.Chance(70))
            length = dice.Chance(10) ? dice.Between(0, handshake.Length) : dice.Between(handshake.Length, length);

        return new Scenario
        {
            Seed = seed,
            Number = number,
            Ending = ending,
            Leaving = dice.OneOf(Leaving.Politely, Leaving.Politely, Leaving.HalfClosing, Leaving.Silently, Leaving.Resetting),
            Worker = worker,
            Handshake = handshake,
            HandshakeNote = note,
            Frames = frames,
            Notes = script.Notes,
            Steps = new StepPlan(dice, worker).Make(handshake.Length, length, ending == Ending.Refusal ? [] : marks),
            ReceiveBuffer = dice.Chance(10) ? dice.OneOf(16_384, 65_536) : 0,
            SendBuffer = dice.Chance(10) ? dice.OneOf(8192, 65_536) : 0,
            Answer = answer,
        };
    }

    private static Ending AnyEnding(Dice dice) => dice.Between(0, 99) switch
    {
        < 36 => Ending.Close,
        < 60 => Ending.Violation,
        < 80 => Ending.Worker,
        < 86 => Ending.HalfClose,
        < 96 => Ending.Reset,
        _ => Ending.Refusal,
    };

    /// <summary>Writes the frames that end the case, and returns all of them, with the points where something can be waited for.</summary>
    private static (byte[] Frames, IReadOnlyList<Mark> Marks) End(Dice dice, FrameScript script, Ending ending, bool isAscii)
    {
        if (ending == Ending.Close)
        {
            var (code, frame) = Closes.Any(dice, script.Mask());
            script.Raw(frame, $"close {code}");
        }
        else if (ending == Ending.Violation && dice.Chance(25))
        {
            script.Raw([], "all of them mutated");
            return (Mutator.Mutate(script.Bytes, dice.Random), []);
        }
        else if (ending == Ending.Violation)
        {
            var (name, frame) = Violations.Any(dice);
            script.Raw(frame, name);
        }
        else if (ending == Ending.HalfClose && dice.Chance(50))
        {
            var size = dice.Between(1, 3000);
            var frame = ClientFrames.Frame(2, script.Payload(size, isAscii));
            script.Raw(frame[..dice.Between(1, frame.Length - 1)], $"a part of a binary of {size}");
        }

        if (ending is Ending.Close or Ending.Violation && dice.Chance(15))
            script.Raw(dice.Bytes(Sizes.Any(dice, 100_000)), "more bytes");
        return (script.Bytes, script.Marks);
    }
}
