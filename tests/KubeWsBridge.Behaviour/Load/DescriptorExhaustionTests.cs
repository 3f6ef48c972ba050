using System.Diagnostics;
using KubeWsBridge.Behaviour.Fixtures;
using Xunit.Abstractions;

namespace KubeWsBridge.Behaviour.Load;

[Collection(LoadCollection.Name)]
public class DescriptorExhaustionTests(ITestOutputHelper output)
{
    private const int OpenFiles = 256;
    private const int Clients = 400;

    [Fact]
    public async Task MoreClientsThanDescriptors_AreRefusedOrWait_WithoutSpinning()
    {
        await using var bridge = await BridgeProcess.StartLimitedAsync(
            OpenFiles,
            [
                "--php-executable", Peers.Find("bash", "apt-get install bash"), "--script", BridgeProcess.Handler("Load/cat.sh"),
                "--max-connections", "1000", "--max-processes", "1000", "--header-timeout", "5s",
            ]);
        var probe = new ProcessProbe(bridge.Id);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var client = await RawClient.TcpAsync(bridge.Port);
            try
            {
                await client.SendAsync(RawClient.Handshake());
            }
            catch (IOException)
            {
                // It was turned away already.
            }

            return client;
        }));
        await Eventually.SettlesAsync(() => bridge.Log.Length, TimeSpan.FromSeconds(3));

        var (bridgeCpu, spinnerCpu) = await CompareWithSpinnerAsync(probe);
        var served = bridge.CountLogged("Session opened");
        output.WriteLine(
            $"{served} sessions, {bridge.CountLogged("Refused")} refused; {probe.Descriptors} descriptors; CPU {bridgeCpu.TotalMilliseconds} ms "
            + $"while a spinning process took {spinnerCpu.TotalMilliseconds}");
        Assert.True(bridgeCpu < spinnerCpu / 5, $"The bridge took {bridgeCpu} where a spinning process took {spinnerCpu}.");
        Assert.Matches("only .* workers can run at a time", bridge.Log);
        Assert.InRange(served, 5, OpenFiles / 5);
        Assert.InRange(probe.Descriptors, 1, OpenFiles - 1);

        foreach (var client in clients)
            await client.DisposeAsync();
        await Eventually.BecomesAsync("The number of workers", () => probe.Children, children => children == 0);
        await Eventually.BecomesAsync("The number of descriptors", () => probe.Descriptors, count => count < OpenFiles - 64);

        await using var late = await RawClient.ConnectAsync(bridge.Port);
        await late.SendTextAsync("still there?");
        Assert.Equal("still there?"u8.ToArray(), await late.ReadDataAsync(12));
        Assert.DoesNotMatch("this is a bug", bridge.Log);
    }

    // What a process that never rests would get of this machine at this moment.
    private static async Task<(TimeSpan Bridge, TimeSpan Spinner)> CompareWithSpinnerAsync(ProcessProbe bridge)
    {
        using var spinner = Process.Start("/bin/sh", ["-c", "while :; do :; done"]);
        try
        {
            var before = bridge.Cpu;
            await Task.Delay(TimeSpan.FromSeconds(3));
            return (bridge.Cpu - before, new ProcessProbe(spinner.Id).Cpu);
        }
        finally
        {
            spinner.Kill();
        }
    }
}
