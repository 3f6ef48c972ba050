using KubeWsBridge.Bridge.Admission.Memory;

namespace KubeWsBridge.Bridge.Tests.Admission.Memory;

public class MemoryLedgerTests
{
    private const long MiB = 1 << 20;

    private readonly FakeMeter _meter = new() { Reading = new(200 * MiB, 20 * MiB, 15 * MiB, 20 * MiB) };
    private readonly TextLogger _logger = new();

    private MemoryLedger Ledger() => new(_meter, new MemoryOptions { ReservePercent = 10, WorkerMemory = 16 * MiB }, _logger);

    private static List<int> EnterAll(MemoryLedger ledger)
    {
        List<int> turns = [];
        while (ledger.HasRoom())
            turns.Add(ledger.Enter());
        return turns;
    }

    private void Settle(MemoryLedger ledger, long used)
    {
        _meter.Reading = _meter.Reading with { Used = used, Near = used };
        for (var i = 0; i < 5; i++)
            ledger.Measure();
    }

    [Fact]
    public void Room_BeforeAnyIsMeasured_IsForWorkersOfTheGivenSize()
    {
        var ledger = Ledger();

        Assert.Equal(10, ledger.MostWorkers); // 200 less 20 reserved and 20 used
        Assert.Equal(10, EnterAll(ledger).Count);
        Assert.Equal(10, ledger.MostWorkers);
    }

    [Fact]
    public void Room_OnceWorkersSettled_IsForWorkersOfTheMeasuredSize()
    {
        var ledger = Ledger();
        EnterAll(ledger);

        Settle(ledger, 40 * MiB); // 2 MiB each

        Assert.Equal(2 * MiB, ledger.PerWorker);
        Assert.Equal(10 + 70, ledger.MostWorkers);
        Assert.Equal(70, EnterAll(ledger).Count);
    }

    [Fact]
    public void Room_WhileWorkersStillGrow_DoesNotTrustTheirSize()
    {
        var ledger = Ledger();
        EnterAll(ledger);

        _meter.Reading = _meter.Reading with { Used = 25 * MiB, Near = 25 * MiB };
        ledger.Measure();
        ledger.Measure();
        ledger.Measure();

        Assert.Equal(16 * MiB, ledger.PerWorker);
        Assert.False(ledger.HasRoom());
    }

    [Fact]
    public void Room_WhenWorkersAreLargerThanThought_Shrinks()
    {
        var ledger = Ledger();
        ledger.Enter();
        ledger.Enter();

        _meter.Reading = _meter.Reading with { Used = 100 * MiB, Near = 100 * MiB };
        ledger.Measure();

        Assert.Equal(40 * MiB, ledger.PerWorker);
        Assert.False(ledger.HasRoom());
    }

    [Fact]
    public void Room_WhenOldWorkersGrow_Shrinks()
    {
        var ledger = Ledger();
        var turns = EnterAll(ledger);
        Settle(ledger, 40 * MiB);
        Assert.True(ledger.HasRoom());

        Settle(ledger, 179 * MiB);

        Assert.False(ledger.HasRoom());
        Assert.Equal(turns.Count, ledger.MostWorkers);
    }

    [Fact]
    public void Room_WhenTheLimitIsRaised_Grows()
    {
        var ledger = Ledger();
        EnterAll(ledger);

        _meter.Reading = _meter.Reading with { Limit = 400 * MiB };
        ledger.Measure();

        Assert.True(ledger.HasRoom());
    }

    [Fact]
    public void Room_AfterAYoungWorkerLeft_IsThereAgain()
    {
        var ledger = Ledger();
        var turns = EnterAll(ledger);
        ledger.Measure();

        ledger.Leave(turns[0]);

        Assert.True(ledger.HasRoom());
        ledger.Enter();
        Assert.False(ledger.HasRoom());
    }

    [Fact]
    public void Room_AfterASettledWorkerLeft_DoesNotMakeOthersLookYounger()
    {
        var ledger = Ledger();
        var turns = EnterAll(ledger);
        Settle(ledger, 180 * MiB);
        Assert.False(ledger.HasRoom());

        foreach (var turn in turns)
            ledger.Leave(turn);
        Settle(ledger, 20 * MiB);

        Assert.Equal(10, EnterAll(ledger).Count);
    }

    [Fact]
    public void Size_WhileWorkersEnd_DoesNotFall()
    {
        var ledger = Ledger();
        var turns = EnterAll(ledger);
        Settle(ledger, 120 * MiB); // 10 MiB each

        _meter.Reading = _meter.Reading with { Used = 30 * MiB, Near = 30 * MiB }; // nine have ended, and nobody has been told yet
        ledger.Measure();
        foreach (var turn in turns.Skip(1))
            ledger.Leave(turn);
        ledger.Measure();
        ledger.Measure();

        Assert.Equal(10 * MiB, ledger.PerWorker);
    }

    [Fact]
    public void Size_OfWhatLastWorkersHaveNotGivenBackYet_IsNotTakenForTheRest()
    {
        var ledger = Ledger();
        var turn = ledger.Enter();
        Settle(ledger, 60 * MiB);
        ledger.Leave(turn);
        ledger.Measure(); // its memory still counts

        ledger.Enter();
        Settle(ledger, 60 * MiB);

        Assert.Equal(40 * MiB, ledger.PerWorker);
    }

    [Fact]
    public void Size_OfWhatRunsWithoutWorkers_IsNotTheirs()
    {
        var ledger = Ledger();
        Settle(ledger, 80 * MiB); // a fork server has come up
        ledger.Enter();

        Settle(ledger, 81 * MiB);

        Assert.Equal(1 * MiB, ledger.PerWorker);
    }

    [Fact]
    public void Size_OfThisProcess_IsNotTheWorkers()
    {
        var ledger = Ledger();
        ledger.Enter();
        _meter.Reading = _meter.Reading with { Own = 45 * MiB };

        Settle(ledger, 51 * MiB);

        Assert.Equal(1 * MiB, ledger.PerWorker);
    }

    [Fact]
    public void Size_WhileANeighbourOutsideTakesTheRoom_IsTheWorkersOwn()
    {
        var ledger = Ledger();
        EnterAll(ledger);
        Settle(ledger, 40 * MiB);

        _meter.Reading = _meter.Reading with { Used = 150 * MiB };
        ledger.Measure();

        Assert.Equal((2 * MiB, 10 + 15), (ledger.PerWorker, ledger.MostWorkers));
    }

    [Fact]
    public void Size_OfOneThatWasFatAndHasLeft_KeepsNobodyOut()
    {
        var ledger = Ledger();
        var turn = ledger.Enter();
        Settle(ledger, 190 * MiB);
        Assert.False(ledger.HasRoom());
        ledger.Leave(turn);

        Settle(ledger, 20 * MiB);

        Assert.Equal(10, EnterAll(ledger).Count);
    }

    [Fact]
    public void Size_ThatLeavesRoom_IsKnownWithoutWorkersToo()
    {
        var ledger = Ledger();
        var turn = ledger.Enter();
        Settle(ledger, 60 * MiB);
        ledger.Leave(turn);

        Settle(ledger, 20 * MiB);

        Assert.Equal((40 * MiB, 4), (ledger.PerWorker, ledger.MostWorkers));
    }

    [Fact]
    public void Refusal_IsSaidOnce_WithWhatToDo()
    {
        var ledger = Ledger();
        EnterAll(ledger);
        ledger.HasRoom();

        Assert.Contains("20 of 200 MiB", Assert.Single(_logger.Lines), StringComparison.Ordinal);
    }

    private sealed class FakeMeter : IMemoryMeter
    {
        public MemoryReading Reading { get; set; }

        public MemoryReading Read() => Reading;
    }
}
