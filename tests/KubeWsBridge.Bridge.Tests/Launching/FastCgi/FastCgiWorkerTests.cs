using KubeWsBridge.Bridge.Closing;
using static KubeWsBridge.Bridge.Launching.FastCgi.FastCgiRecordType;
using static KubeWsBridge.Bridge.Tests.Launching.FastCgi.FastCgiBytes;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiWorkerTests
{
    private const string Head = "Content-type: text/html\r\n\r\n";

    [Fact]
    public async Task Answer_OutputsAndEnd_ReachTheirStreams()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        await fpm.AnswerAsync(
            Record(Stdout, Head + "one ", padding: 3), Record(Stderr, "PHP message: a; PHP message: b"), Record(Stdout, "two"), Record(Stdout, ""), End());

        Assert.Equal("one two", await fpm.Worker.Output.ReadAllAsync());
        Assert.Equal("PHP message: a\nPHP message: b\n", await fpm.Worker.Errors.ReadAllAsync());
        Assert.Equal(new WorkerExit(0, null), await Exit(fpm));
    }

    [Fact]
    public async Task End_Comes_TheConnectionIsClosedAtOnceAndTheWorkerFree()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        await fpm.AnswerAsync(Record(Stdout, Head), End());

        // PHP-FPM waits for this end before its worker serves somebody else.
        var request = await fpm.ReadToEndAsync();

        Assert.Equal([BeginRequest, Params, Params, Stdin], Records(request).Select(record => record.Type));
        await fpm.Freed;
        await fpm.Worker.Gone.WaitAsync(Launches.Patience);
    }

    [Theory]
    [InlineData("404 Not Found", "finds no script /srv/chat.php")]
    [InlineData("403 Forbidden", "security.limit_extensions")]
    [InlineData("500 Internal Server Error", "answered \"500 Internal Server Error\"")]
    public async Task End_WithAnErrorStatus_IsAFailureWithAdvice(string status, string advice)
    {
        using var fpm = await FakeFpm.ConnectAsync();
        await fpm.AnswerAsync(Record(Stdout, $"Status: {status}\r\n{Head}"), End());

        var exit = await Exit(fpm);

        Assert.Equal(255, exit.Status);
        Assert.Contains(advice, exit.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_WithAnApplicationStatus_IsTheExitStatus()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        await fpm.AnswerAsync(End(status: 3));

        Assert.Equal(new WorkerExit(3, null), await Exit(fpm));
    }

    [Fact]
    public async Task Connection_EndsWithoutAnEnd_IsNoSuccess()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        await fpm.AnswerAsync(Record(Stdout, Head + "half"));
        fpm.Die();

        Assert.Equal("half", await fpm.Worker.Output.ReadAllAsync());
        var exit = await Exit(fpm);
        Assert.False(exit.Succeeded);
        Assert.Contains("its worker was killed", exit.ToString(), StringComparison.Ordinal);
        await fpm.Freed;
    }

    [Fact]
    public async Task Answer_OfAnotherProtocol_IsAFailureThatSaysSo()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        await fpm.AnswerAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        Assert.Contains("does not speak FastCGI", (await Exit(fpm)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfASilentScript_LetsGoButKeepsItsPlaceUntilItEnds()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        await fpm.AnswerAsync(Record(Stderr, "PHP message: ready"));
        Assert.Equal("PHP message: ready", await fpm.Worker.Errors.ReadLineAsync());

        fpm.Worker.Signal(StopSignal.Terminate);
        Assert.False(fpm.Worker.Exited.IsCompleted);
        fpm.Worker.Signal(StopSignal.Kill);

        Assert.Contains("request_terminate_timeout", (await Exit(fpm)).ToString(), StringComparison.Ordinal);
        Assert.Equal("", await fpm.Worker.Output.ReadAllAsync());
        await fpm.Worker.DisposeAsync();
        Assert.False(fpm.IsFreed);
        Assert.Equal(1, fpm.Held);

        await fpm.AnswerAsync(Record(Stderr, "PHP message: still here"), End());
        await fpm.Freed;
        Assert.Equal(0, fpm.Held);
        await fpm.Worker.Gone.WaitAsync(Launches.Patience);
    }

    [Fact]
    public async Task Kill_OfAPrintingScript_ClosesSoThatPhpEndsIt()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        fpm.Worker.Signal(StopSignal.Kill);
        await Exit(fpm);
        Assert.False(fpm.IsFreed);

        await fpm.AnswerAsync(Record(Stdout, Head + "more"));

        await fpm.ReadToEndAsync();
        await fpm.Freed;
    }

    [Fact]
    public async Task Kill_WhileNobodyTakesTheOutput_ClosesAtOnce()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        var flood = Task.Run(async () =>
        {
            await fpm.AnswerAsync(Record(Stdout, Head));
            for (var i = 0; i < 1_000; i++)
                await fpm.AnswerAsync(Record(Stdout, new string('x', 60_000)));
        });
        Assert.Equal(0, await fpm.Worker.Output.ReadAsync(Memory<byte>.Empty));

        // 60 MB do not fit between, so it stands still now or will soon; either way PHP is printing.
        fpm.Worker.Signal(StopSignal.Kill);

        await Exit(fpm);
        await fpm.Freed;
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => flood.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Stop_OfTheBridge_ClosesWhatIsWatched()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        fpm.Worker.Signal(StopSignal.Kill);
        await Exit(fpm);

        fpm.Stop();

        await fpm.Freed;
        await fpm.ReadToEndAsync();
    }

    [Fact]
    public async Task Output_WhileIdle_WaitsWithAnEmptyBuffer()
    {
        using var fpm = await FakeFpm.ConnectAsync();
        var waiting = fpm.Worker.Output.ReadAsync(Memory<byte>.Empty).AsTask();
        Assert.False(waiting.IsCompleted);

        await fpm.AnswerAsync(Record(Stdout, Head + "now"));

        Assert.Equal(0, await waiting.WaitAsync(Launches.Patience));
        var buffer = new byte[8];
        Assert.Equal(3, await fpm.Worker.Output.ReadAsync(buffer));
    }

    private static Task<WorkerExit> Exit(FakeFpm fpm) => fpm.Worker.Exited.WaitAsync(Launches.Patience);
}
