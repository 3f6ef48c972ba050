using System.Net.Sockets;
using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.Tests.Pumping;

public class PumpTests
{
    [Fact]
    public async Task RunAsync_SourceEnds_EverythingIsWritten()
    {
        var sink = new Sink();
        var result = await Pump.RunAsync(new Source([1, 2], [3]), sink);

        Assert.Equal(PumpOutcome.SourceEnded, result.Outcome);
        Assert.Equal([1, 2, 3], sink.Written);
    }

    [Fact]
    public async Task RunAsync_ReadFails_BlamesTheSource()
    {
        var sink = new Sink();
        var failure = new IOException();
        var result = await Pump.RunAsync(new Source([1]) { Failure = failure }, sink);

        Assert.Equal(new PumpResult(PumpOutcome.SourceFailed, failure), result);
        Assert.Equal([1], sink.Written);
    }

    [Fact]
    public async Task RunAsync_WriteFails_BlamesTheSink()
    {
        var failure = new SocketException((int)SocketError.ConnectionReset);
        var result = await Pump.RunAsync(new Source([1], [2]), new Sink { Failure = failure });

        Assert.Equal(new PumpResult(PumpOutcome.SinkFailed, failure), result);
    }

    [Fact]
    public async Task RunAsync_Bug_IsNotTakenForAnEnd() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Pump.RunAsync(new Source([1]), new Sink { Failure = new InvalidOperationException() }));

    [Fact]
    public async Task RunAsync_SlowSink_IsNotReadAhead()
    {
        var source = new Source([1], [2]);
        var sink = new Sink { Gate = new TaskCompletionSource() };

        var pump = Pump.RunAsync(source, sink);

        Assert.Equal(1, source.Reads);
        sink.Gate.SetResult();
        Assert.Equal(PumpOutcome.SourceEnded, (await pump).Outcome);
        Assert.Equal([1, 2], sink.Written);
    }

    private sealed class Source(params byte[][] chunks) : IPumpSource
    {
        public int Reads { get; private set; }

        public Exception? Failure { get; init; }

        public ValueTask<PumpChunk> ReadAsync(CancellationToken cancellationToken)
        {
            if (Reads < chunks.Length)
                return new(new PumpChunk(chunks[Reads], 0, chunks[Reads++].Length));
            return Failure is null ? new(PumpChunk.End) : ValueTask.FromException<PumpChunk>(Failure);
        }
    }

    private sealed class Sink : IPumpSink
    {
        public List<byte> Written { get; } = [];

        public Exception? Failure { get; init; }

        public TaskCompletionSource? Gate { get; init; }

        public async ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken)
        {
            if (Gate is { } gate)
                await gate.Task;
            if (Failure is { } failure)
                throw failure;
            Written.AddRange(chunk.Memory.ToArray());
        }
    }
}
