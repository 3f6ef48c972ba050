namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>Makes up what a worker does, so that what comes of it is certain.</summary>
internal static class WorkerPlans
{
    /// <summary>One for a case.</summary>
    /// <param name="dice">Its chance.</param>
    /// <param name="ending">Who ends the case.</param>
    /// <param name="input">How many bytes it is given.</param>
    /// <param name="isAscii">All of them are below 0x80: it may print.</param>
    public static WorkerPlan Any(Dice dice, Ending ending, int input, bool isAscii)
    {
        var plan = Output(dice, input) with
        {
            Late = dice.Chance(5) ? dice.Between(1, 40) : 0,
            Wait = dice.Chance(10) ? dice.Between(1, 40) : 0,
            Rests = dice.Chance(10) ? dice.Between(1, 20) : 0,
            Read = Read(dice, input),
            NoDelay = dice.Chance(60),
            Code = dice.Chance(60) ? 0 : dice.OneOf(1, 3, 255),
        };
        if (isAscii)
            plan = plan with { Split = true, Print = dice.Chance(50) ? Size(dice) : 0, PrintLast = dice.Chance(70) ? Sizes.Any(dice, 200_000) : 0 };
        else if (dice.Chance(10))
            plan = plan with { Closed = true };
        if (ending == Ending.Worker)
            plan = End(dice, plan, input);
        return plan with { Piece = Piece(dice, plan.OutputLength(input) + plan.Last) };
    }

    private static WorkerPlan Output(Dice dice, int input)
    {
        var plan = new WorkerPlan
        {
            Joined = dice.Chance(10) ? dice.Between(1, 300) : 0,
            Burst = dice.Chance(20) ? Size(dice) : 0,
            Last = dice.Chance(30) ? Size(dice) : 0,
        };
        return dice.Between(0, 9) switch
        {
            0 => plan with { Do = "sink" },
            1 or 2 => plan with { Do = "reply", Every = Math.Max(1, dice.Between(input / 20, input + 1)), Reply = dice.Between(1, 20_000) },
            _ => plan,
        };
    }

    private static WorkerPlan End(Dice dice, WorkerPlan plan, int input)
    {
        if (plan.Burst == 0 && dice.Chance(60))
            plan = plan with { Burst = Size(dice) };
        return dice.Chance(50)
            ? plan with { How = "half", Until = dice.Between(0, input) }
            : plan with { How = dice.OneOf("exit", "exit", "half", "kill"), Until = input };
    }

    // Small reads and writes are slow for a large case.
    private static int Read(Dice dice, int input) => dice.Chance(70) ? 65_536 : Math.Max(input / 200, dice.OneOf(1, 7, 100, 4096, 8192, 1 << 20));

    private static int Piece(Dice dice, int output) => dice.Chance(80) ? 0 : Math.Max(output / 100, dice.OneOf(1, 10, 1000, 8192, 16_384));

    private static int Size(Dice dice) => dice.Chance(2) ? dice.Between(1_000_000, 4_000_000) : Sizes.Any(dice, dice.OneOf(300, 20_000, 140_000));
}
