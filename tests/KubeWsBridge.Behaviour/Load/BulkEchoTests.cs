using KubeWsBridge.Behaviour.Fixtures;
using Xunit.Abstractions;

namespace KubeWsBridge.Behaviour.Load;

[Collection(LoadCollection.Name)]
public class BulkEchoTests(ITestOutputHelper output)
{
    private const long MiB = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What one session may take of the bridge's memory while all of its buffers are full, for the docs: see the figures the tests print.
    /// It holds at most 1 MiB from the client (Kestrel's request buffer), --write-buffer-size to it and one --buffer-size each way; the rest
    /// is what the garbage collector lets lie before it comes by.
    /// </summary>
    private const long MostGrowth = 24 * MiB;

    /// <summary>Everything between a sender and a receiver that stands still: mostly the kernel's socket buffers, four connections of them.</summary>
    private const long MostInFlight = 30 * MiB;

    /// <summary>What all bridges of these tests have in common.</summary>
    protected virtual string[] Common => [];

    [Fact]
    public async Task TwoHundredMegabytes_BothWaysAtOnce_ComeBackByteForByte()
    {
        const long Total = 200 * MiB;
        await using var bridge = await BridgeProcess.StartAsync("echo.php", Common);
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var content = new BulkStream(1);
        var sender = new BulkSender(client.Socket, content, 2);
        var receiver = new BulkReceiver(client.Socket, content);
        await using var memory = new MemoryWatch(new ProcessProbe(bridge.Id));

        await Task.WhenAll(sender.SendAsync(Total, Patience), receiver.ReceiveAsync(Total, Patience));

        Report("both ways", memory);
        Assert.InRange(memory.Growth, long.MinValue, MostGrowth);
        await client.SendCloseAsync(1000);
        Assert.Contains($"received", await bridge.LoggedAsync("Session closed: client-closed"), StringComparison.Ordinal);
        Assert.Contains($"of {Total} bytes", await bridge.LoggedAsync("Session closed: client-closed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SlowClient_StopsTheWorkerInsteadOfFillingMemory()
    {
        const long Total = 64 * MiB;
        await using var bridge = await BridgeProcess.StartAsync("echo.php", Common);
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var content = new BulkStream(3);
        var sender = new BulkSender(client.Socket, content, 4);
        var receiver = new BulkReceiver(client.Socket, content, 32 * 1024);
        await using var memory = new MemoryWatch(new ProcessProbe(bridge.Id));

        // Nobody reads yet: sending must come to a stop.
        var sending = sender.SendAsync(Total, Patience);
        var stoppedAt = await Eventually.SettlesAsync(() => sender.Sent, Stillness);
        output.WriteLine($"sending stopped at {stoppedAt / MiB} MiB");
        Assert.InRange(stoppedAt, 0, MostInFlight);

        var reads = 0;
        await receiver.ReceiveAsync(Total, Patience, () => ++reads % 32 == 0 ? Task.Delay(1) : Task.CompletedTask);
        await sending;

        Report("slow client", memory);
        Assert.InRange(memory.Growth, long.MinValue, MostGrowth);
    }

    [Fact]
    public async Task SlowWorker_StopsTheClientInsteadOfFillingMemory()
    {
        const long Total = 64 * MiB;
        var gate = Path.Combine(Path.GetTempPath(), $"kwb-gate-{Guid.NewGuid():N}");
        await using var bridge = await BridgeProcess.StartAsync(
            ["--php-executable", BridgeProcess.PhpPath, "--script", BridgeProcess.Handler("Load/slow-echo.php"), .. Common],
            new Dictionary<string, string> { ["LOAD_GATE"] = gate });
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var content = new BulkStream(5);
        var sender = new BulkSender(client.Socket, content, 6);
        var receiver = new BulkReceiver(client.Socket, content);
        await using var memory = new MemoryWatch(new ProcessProbe(bridge.Id));
        try
        {
            // The worker does not read before the file is there.
            var sending = sender.SendAsync(Total, Patience);
            var stoppedAt = await Eventually.SettlesAsync(() => sender.Sent, Stillness);
            output.WriteLine($"sending stopped at {stoppedAt / MiB} MiB");
            Assert.InRange(stoppedAt, 0, MostInFlight);

            await File.WriteAllTextAsync(gate, "");
            await Task.WhenAll(sending, receiver.ReceiveAsync(Total, Patience));
        }
        finally
        {
            File.Delete(gate);
        }

        Report("slow worker", memory);
        Assert.InRange(memory.Growth, long.MinValue, MostGrowth);
    }

    private void Report(string what, MemoryWatch memory) =>
        output.WriteLine($"{what}: PSS {memory.Base / 1024} KiB at the start, {memory.Peak / 1024} KiB at most");
}
