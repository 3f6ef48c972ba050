using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;

namespace KubeWsBridge.Bridge.Tests.StreamPath;

/// <summary>A message costs no memory. Alone, because it counts what the whole process allocates.</summary>
[SupportedOSPlatform("linux")]
[Collection(nameof(StreamDataPathAllocationTests))]
[CollectionDefinition(nameof(StreamDataPathAllocationTests), DisableParallelization = true)]
public class StreamDataPathAllocationTests
{
    private const int Messages = 10_000;

    [Theory]
    [InlineData(16, 1, false)]
    [InlineData(16, 16, false)]
    [InlineData(1024, 1, true)]
    [InlineData(1024, 16, false)]
    public void Messages_OverASocket_AllocateNothing(int size, int inFlight, bool tcpWorker)
    {
        using var pair = SocketPair.Tcp();
        using var test = new StreamPathUnderTest(OurStream(pair), tcpWorker);
        using var client = new NetworkStream(pair.Peer);

        AssertNothingAllocated(client, test, size, inFlight);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Messages_ThroughTheServer_AllocateNothing(bool ownTransport, bool tls)
    {
        await using var server = await StreamServer.StartAsync(ownTransport, tls);

        AssertNothingAllocated(server.Client, await server.Path, 1024, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Pings_AndTheirPongs_AllocateNothing(int inFlight)
    {
        using var pair = SocketPair.Tcp();
        using var test = new StreamPathUnderTest(OurStream(pair));
        byte[] frames = [.. Enumerable.Repeat(ClientFrame.Ping("still there?"), inFlight).SelectMany(frame => frame)];
        var pongs = new byte[inFlight * (2 + 12)];

        AssertNothingAllocated(inFlight, () =>
        {
            pair.Peer.Send(frames.AsSpan(), SocketFlags.None);
            ReceiveExactly(pair.Peer, pongs);
        });
    }

    private static NetworkStream OurStream(SocketPair pair) =>
        new(new Socket(new SafeSocketHandle(pair.Ours.Release(), ownsHandle: true)), ownsSocket: true);

    private static void AssertNothingAllocated(Stream client, StreamPathUnderTest test, int size, int inFlight)
    {
        byte[] frames = [.. Enumerable.Repeat(ClientFrame.Binary(new byte[size]), inFlight).SelectMany(frame => frame)];
        var answers = inFlight * size;
        var header = answers <= 125 ? 2 : 4;
        var buffer = new byte[header + answers];
        AssertNothingAllocated(inFlight, () =>
        {
            client.Write(frames);
            ReceiveExactly(test.Worker, buffer.AsSpan(0, answers));
            test.Worker.Send(buffer.AsSpan(0, answers), SocketFlags.None);
            client.ReadExactly(buffer);
        });
    }

    /// <summary>Less than a byte a message in the best round: others in the process may be busy for a moment, and pools may still grow.</summary>
    private static void AssertNothingAllocated(int inFlight, Action exchange)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 6 && least >= Messages; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var message = 0; message < Messages; message += inFlight)
                exchange();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, Messages);
    }

    private static void ReceiveExactly(Socket socket, Span<byte> whole)
    {
        while (!whole.IsEmpty)
        {
            var count = socket.Receive(whole, SocketFlags.None);
            if (count == 0)
                throw new InvalidOperationException("The end came early.");
            whole = whole[count..];
        }
    }
}
