using System.Text;
using KubeWsBridge.Bridge.Launching;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class ErrorLineRelayTests
{
    private readonly RecordingSink _sink = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_Lines_AreSplitAndTheLastNeedsNoNewline()
    {
        await RelayAsync("one\ntwo\r\n\nfour"u8.ToArray());

        Assert.Equal(["one", "two", "", "four"], _sink.Lines);
    }

    [Fact]
    public async Task Run_LinesInSmallPieces_AreJoined()
    {
        var stream = new ScriptedStream([.. "größe\nzwei\n"u8.ToArray().Select(static one => new[] { one })]);

        await ErrorLineRelay.RunAsync(stream, _sink, _time, CancellationToken.None);

        Assert.Equal(["größe", "zwei"], _sink.Lines);
    }

    [Fact]
    public async Task Run_InvalidUtf8_IsReplacedAndTheRestGoesOn()
    {
        await RelayAsync([0xff, 0xc3, (byte)'a', (byte)'\n', (byte)'b', (byte)'\n', 0xe2, 0x82]);

        Assert.Equal(["\ufffd\ufffda", "b", "\ufffd"], _sink.Lines);
    }

    [Fact]
    public async Task Run_ControlCharacters_AreEscaped()
    {
        await RelayAsync(Encoding.UTF8.GetBytes("a\u001b[31m\0b\rc\td\u0085\u202e\u2028\u007f\n"));

        Assert.Equal([@"a\u001b[31m\u0000b\u000dc" + "\t" + @"d\u0085\u202e\u2028\u007f"], _sink.Lines);
    }

    [Fact]
    public async Task Run_LongLine_ComesInMarkedPiecesCutBetweenCharacters()
    {
        var line = "x" + new string('é', 10_000);
        await RelayAsync(Encoding.UTF8.GetBytes(line + "\nnext\n"));

        Assert.Equal(4, _sink.Lines.Count);
        Assert.All(_sink.Lines.Take(2), static piece => Assert.EndsWith(ErrorLineRelay.CutMark, piece, StringComparison.Ordinal));
        Assert.Equal(line, string.Concat(_sink.Lines.Take(3)).Replace(ErrorLineRelay.CutMark, "", StringComparison.Ordinal));
        Assert.Equal("next", _sink.Lines[3]);
    }

    [Fact]
    public async Task Run_LongLineWithoutAnyCharacterStart_IsCutAnyway()
    {
        await RelayAsync([.. Enumerable.Repeat((byte)0x80, 3 * ErrorLineRelay.MaxLineBytes)]);

        Assert.Equal(3, _sink.Lines.Count);
    }

    [Fact]
    public async Task Run_Flood_IsCutOffAndCounted()
    {
        await RelayAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1_000).Select(static number => $"{number}\n"))));

        Assert.Equal(LineBudget.Burst + 1, _sink.Lines.Count);
        Assert.Equal("199", _sink.Lines[^2]);
        Assert.Equal("+800", _sink.Lines[^1]);
    }

    [Fact]
    public async Task Run_FloodThenSilence_IsSummedUpAfterASecond()
    {
        var flood = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x\n", 300)));
        var stream = new ScriptedStream([flood, "after\n"u8.ToArray()]) { PauseBefore = 1 };
        var relay = ErrorLineRelay.RunAsync(stream, _sink, _time, CancellationToken.None);
        await stream.Paused.WaitAsync(Launches.Patience);

        Assert.Equal(LineBudget.Burst, _sink.Lines.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("+100", _sink.Lines[^1]);

        stream.Resume();
        await relay.WaitAsync(Launches.Patience);
        Assert.Equal("after", _sink.Lines[^1]);
    }

    [Fact]
    public async Task Run_WhileIdle_WaitsWithAnEmptyBuffer()
    {
        var stream = new ScriptedStream(["done\n"u8.ToArray(), "more\n"u8.ToArray()]) { PauseBefore = 1 };
        var relay = ErrorLineRelay.RunAsync(stream, _sink, _time, CancellationToken.None);
        await stream.Paused.WaitAsync(Launches.Patience);

        Assert.Equal(0, stream.WaitingWith);

        stream.Resume();
        await relay.WaitAsync(Launches.Patience);
    }

    [Fact]
    public async Task Run_Cancelled_DeliversWhatCameAndEnds()
    {
        using var cancellation = new CancellationTokenSource();
        var stream = new ScriptedStream(["half"u8.ToArray(), "never"u8.ToArray()]) { PauseBefore = 1 };
        var relay = ErrorLineRelay.RunAsync(stream, _sink, _time, cancellation.Token);
        await stream.Paused.WaitAsync(Launches.Patience);

        await cancellation.CancelAsync();
        await relay.WaitAsync(Launches.Patience);

        Assert.Equal(["half"], _sink.Lines);
    }

    [Fact]
    public async Task Run_RealWorkerDisposed_Ends()
    {
        var worker = await ProcessStarter.Create().RunAsync(Launches.Shell("echo hello >&2; exec sleep 600"));
        var relay = ErrorLineRelay.RunAsync(worker.Errors, _sink, TimeProvider.System, CancellationToken.None);
        while (_sink.Lines.Count == 0)
            await Task.Yield();

        await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);
        await relay.WaitAsync(Launches.Patience);

        Assert.Equal(["hello"], _sink.Lines);
    }

    private Task RelayAsync(byte[] content) => ErrorLineRelay.RunAsync(new MemoryStream(content), _sink, _time, CancellationToken.None);
}
