using System.Diagnostics;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;
using Xunit.Abstractions;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>The correct side of the 40 ms stalls that Nagle's algorithm and delayed acknowledgements make together; figures are the benchmark's.</summary>
[Collection(LoadCollection.Name)]
public class StallTests(ITestOutputHelper output)
{
    [Fact]
    public async Task SmallPushes_AllArrive_EachAsItsMessage()
    {
        await using var bridge = await BridgeProcess.StartAsync("Load/push.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        var text = Encoding.ASCII.GetString(await client.ReadDataAsync(200 * 18));

        Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => i.ToString("D18", null))), text);
    }

    [Fact]
    public async Task BothSockets_OfASession_HaveNoDelay()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        await client.SendTextAsync("hello");
        await client.ReadDataAsync(5);

        var connected = BorrowedSockets.Of(bridge.Id);

        Assert.Equal(new[] { bridge.Port, bridge.WorkerPort }.Order(), connected.Select(socket => socket.LocalPort).Order());
        Assert.All(connected, socket => Assert.True(socket.NoDelay, $"The connection at port {socket.LocalPort} waits for acknowledgements."));
    }

    [Fact]
    public async Task AnswerWrittenInPieces_IsNotHeldUpByDelayedAcknowledgements()
    {
        const int Requests = 200;
        const int Answer = 64 * 1024;
        await using var bridge = await BridgeProcess.StartAsync("Load/pieces.php");
        await using var whole = await RawClient.ConnectAsync(bridge.Port);
        await using var pieces = await RawClient.ConnectAsync(bridge.Port);

        // In turns, so that a busy machine slows down both.
        var (wholes, pieced) = (new List<double>(), new List<double>());
        for (var i = 0; i < Requests; i++)
        {
            wholes.Add(await AskAsync(whole, "w"));
            pieced.Add(await AskAsync(pieces, "p"));
        }

        var (fast, slow) = (Quartile(wholes), Quartile(pieced));
        output.WriteLine($"first quartile: {fast:0.00} ms in one piece, {slow:0.00} ms in eight");

        // A stall holds up every answer, by at least 40 ms. Eight writes instead of one cost far less than their ratio, whatever the machine.
        Assert.True(slow < 5 * fast || slow < 20, $"{slow:0.0} ms in eight pieces, {fast:0.0} ms in one.");

        static async Task<double> AskAsync(RawClient client, string kind)
        {
            var start = Stopwatch.GetTimestamp();
            await client.SendTextAsync(kind);
            Assert.All(await client.ReadDataAsync(Answer), value => Assert.Equal((byte)'a', value));
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        static double Quartile(List<double> values) => values.Order().ElementAt(values.Count / 4);
    }
}
