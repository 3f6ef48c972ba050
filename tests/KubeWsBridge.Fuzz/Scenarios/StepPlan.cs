namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>Decides in which pieces a client sends, and when it waits and stalls.</summary>
/// <param name="dice">Its chance.</param>
/// <param name="worker">Tells which data can be waited for.</param>
internal sealed class StepPlan(Dice dice, WorkerPlan worker)
{
    private readonly List<Step> _steps = [];
    private readonly int _pausePercent = dice.OneOf(0, 0, 5, 40);
    private readonly bool _rhythm = dice.Chance(30);
    private int _pausesLeft = 25;
    private int _at;

    /// <summary>The steps that send the first so many bytes of the handshake and the frames behind it.</summary>
    public IReadOnlyList<Step> Make(int handshake, int length, IReadOnlyList<Mark> marks)
    {
        var awaits = length >= handshake && dice.Chance(60);
        if (awaits)
        {
            SendTo(handshake);
            _steps.Add(new Step(StepKind.AwaitUpgrade));
        }

        if (dice.Chance(8))
            Stall();
        foreach (var mark in marks)
        {
            if (handshake + mark.Offset > length)
                break;
            if (awaits && (_rhythm ? dice.Chance(60) : dice.Chance(3)))
                Await(handshake, mark);
            else if (dice.Chance(1))
                Stall();
        }

        SendTo(length);
        if (dice.Chance(8))
            _steps.Add(new Step(StepKind.Pause, dice.Chance(10) ? dice.Between(500, 2000) : dice.Between(5, 120)));
        return _steps;
    }

    private void Await(int handshake, Mark mark)
    {
        SendTo(handshake + mark.Offset);
        if (dice.Chance(50))
            _steps.Add(new Step(StepKind.AwaitPongs, mark.Pongs));
        else
            _steps.Add(new Step(StepKind.AwaitData, worker.OutputLength(mark.Data) + worker.Print));
    }

    private void Stall() => _steps.Add(new Step(StepKind.Stall, dice.Between(5, 100)));

    private void SendTo(int end)
    {
        var style = dice.Between(0, 5);
        var block = dice.OneOf(1460, 4096, 16_384, 65_535, 65_536, 65_537);
        while (_at < end)
        {
            var left = end - _at;
            var length = style switch
            {
                0 => left <= 150 ? 1 : dice.Between(1, left),
                1 => dice.Chance(50) && left < 5000 ? dice.Between(1, 10) : dice.Between(1, left),
                2 => block,
                3 => dice.Between(1, 2 * block),
                _ => left,
            };
            length = Math.Min(length, left);
            _steps.Add(new Step(StepKind.Send, length));
            _at += length;
            if (_pausesLeft > 0 && dice.Chance(_pausePercent))
            {
                _pausesLeft--;
                _steps.Add(new Step(StepKind.Pause, 1));
            }
        }
    }
}
