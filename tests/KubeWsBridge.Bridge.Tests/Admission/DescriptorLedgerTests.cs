using KubeWsBridge.Bridge.Admission;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Bridge.Tests.Admission;

public class DescriptorLedgerTests
{
    private const int Own = 192;

    private static DescriptorLedger Ledger(long limit) => new(limit, NullLogger.Instance);

    private static async Task ConnectAsync(DescriptorLedger ledger, int connections)
    {
        for (var i = 0; i < connections; i++)
            await ledger.WaitForConnectionAsync(new CancellationToken(canceled: true)); // throws where it would have to wait
    }

    private static async Task<int> ConnectAllAsync(DescriptorLedger ledger)
    {
        for (var connections = 0; ; connections++)
        {
            if (await Record.ExceptionAsync(() => ConnectAsync(ledger, 1)) is not null)
                return connections;
        }
    }

    private static async Task<int> OpenSessionsAsync(DescriptorLedger ledger, bool processGoes)
    {
        for (var sessions = 0; ; sessions++)
        {
            await ConnectAsync(ledger, 1);
            if (!ledger.TryTakeWorker())
                return sessions;
            if (processGoes)
                ledger.ReleaseProcess();
        }
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(256, 9)]
    [InlineData(1024, 156)]
    [InlineData(20_000, 3714)]
    [InlineData(1_048_576, 196_572)]
    public async Task TryTakeWorker_UntilFull_LeavesRoomToRefuse(long limit, int workers)
    {
        var ledger = Ledger(limit);
        Assert.Equal(workers, ledger.MostWorkers);
        Assert.Equal(workers, await OpenSessionsAsync(ledger, processGoes: false));
        Assert.False(ledger.HasRoomForWorker);

        var refused = 1 + await ConnectAllAsync(ledger);

        Assert.InRange(refused, limit < 256 ? 1 : 16, limit);
        Assert.True(limit < 256 || ledger.Held <= limit - Own);
    }

    [Fact]
    public async Task TryTakeWorker_WhoseProcessesGo_FitsNineThousandSessionsAndLaunches()
    {
        const int launches = 60;
        var ledger = Ledger(20_000);
        for (var session = 0; session < 9_000; session++)
        {
            await ConnectAsync(ledger, 1);
            Assert.True(ledger.TryTakeWorker());
            if (session >= launches)
                ledger.ReleaseProcess();
        }

        Assert.Equal(9_000 * 2 + launches * 3, ledger.Held);
    }

    [Fact]
    public async Task TryTakeWorker_AfterAFloodOfConnections_HasItsRoom()
    {
        var ledger = Ledger(1024);
        Assert.InRange(await ConnectAllAsync(ledger), 16, 832 / 4);

        var workers = 0;
        while (ledger.TryTakeWorker())
            workers++;

        Assert.Equal(ledger.MostWorkers, workers);
        Assert.True(ledger.Held <= 1024 - Own);
    }

    [Fact]
    public void Hold_ByLaunchers_LeavesFewerWorkers()
    {
        var ledger = Ledger(1024);
        var before = ledger.MostWorkers;

        ledger.Hold(50);

        Assert.Equal((before - 10, 50), (ledger.MostWorkers, ledger.Held));
        ledger.Hold(-50);
        Assert.Equal((before, 0), (ledger.MostWorkers, ledger.Held));
    }

    [Fact]
    public async Task WaitForConnection_Full_WaitsForARelease()
    {
        var ledger = Ledger(256);
        await ConnectAllAsync(ledger);
        var waiting = ledger.WaitForConnectionAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        ledger.ReleaseConnection();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await ConnectAllAsync(ledger));
    }

    [Fact]
    public async Task WaitForConnection_Full_EndsWhenAConnectionBecomesASession()
    {
        var ledger = Ledger(256);
        await ConnectAllAsync(ledger);
        var waiting = ledger.WaitForConnectionAsync(CancellationToken.None).AsTask();

        Assert.True(ledger.TryTakeWorker());

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForConnection_CalledOff_TakesNoPlace()
    {
        var ledger = Ledger(256);
        await ConnectAllAsync(ledger);
        var held = ledger.Held;
        using var calledOff = new CancellationTokenSource();
        var waiting = ledger.WaitForConnectionAsync(calledOff.Token).AsTask();

        await calledOff.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(held, ledger.Held);
    }

    [Fact]
    public async Task Release_OfEverything_LeavesNothingHeld()
    {
        var ledger = Ledger(256);
        await ConnectAsync(ledger, 1);
        Assert.True(ledger.TryTakeWorker());
        Assert.Equal(5, ledger.Held);

        ledger.ReleaseProcess();
        Assert.Equal(2, ledger.Held);
        ledger.ReleaseBackConnection();
        ledger.ReleaseConnection();

        Assert.Equal(0, ledger.Held);
    }

    [Fact]
    public async Task TryTakeWorker_WithSessionsThatOutliveTheirClients_NeverOverdraws()
    {
        var ledger = Ledger(1024);
        await OpenSessionsAsync(ledger, processGoes: true);
        var clients = ledger.Held / 2;
        for (var i = 0; i < clients; i++)
            ledger.ReleaseConnection();

        await ConnectAllAsync(ledger);
        while (ledger.TryTakeWorker())
        {
        }

        Assert.InRange(ledger.Held, 0, 1024 - Own);
    }
}
