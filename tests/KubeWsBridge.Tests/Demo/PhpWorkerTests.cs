using System.Diagnostics;
using KubeWsBridge.Demo;

namespace KubeWsBridge.Tests.Demo;

public sealed class PhpWorkerTests
{
    [Fact]
    public async Task Worker_WithBridge_GreetsEchoesAndEndsWithZero()
    {
        using var setup = DemoSetup.Create();
        using var peer = new WorkerPeer();
        using var worker = Start(setup, peer.Variables());

        var hello = await peer.ConverseAsync();

        await worker.WaitForExitAsync();
        Assert.Equal(0, worker.ExitCode);
        WorkerPeer.AssertHello(hello, "PHP 8.");
        Assert.Equal(worker.Id, hello.GetProperty("pid").GetInt32());
        Assert.Empty(await worker.StandardOutput.ReadToEndAsync() + await worker.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Worker_PayloadBeforeTheGreeting_IsEchoedAfterIt()
    {
        using var setup = DemoSetup.Create();
        using var peer = new WorkerPeer();
        using var worker = Start(setup, peer.Variables());

        await peer.ConverseAsync(withTheId: "early\nbird"u8.ToArray());

        await worker.WaitForExitAsync();
        Assert.Equal(0, worker.ExitCode);
    }

    [Fact]
    public async Task Worker_NobodyListens_EndsWithOneAndSaysWhere()
    {
        using var setup = DemoSetup.Create();
        using var peer = new WorkerPeer();
        var port = WorkerPeer.ClosedPort();
        using var worker = Start(setup, peer.Variables(port));

        var errors = await worker.StandardError.ReadToEndAsync();
        await worker.WaitForExitAsync();

        Assert.Equal(1, worker.ExitCode);
        Assert.Contains($"127.0.0.1:{port}", errors, StringComparison.Ordinal);
        Assert.Empty(await worker.StandardOutput.ReadToEndAsync());
    }

    private static Process Start(DemoSetup setup, Dictionary<string, string> variables)
    {
        var route = setup.Route;
        Assert.True(route.Script is not null, "These tests need PHP 8.1 or newer in PATH.");
        var start = new ProcessStartInfo(route.Executable, [.. route.Arguments, route.Script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
