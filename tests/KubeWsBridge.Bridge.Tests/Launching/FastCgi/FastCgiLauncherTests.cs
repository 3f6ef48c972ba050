using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiLauncherTests
{
    [Fact]
    public async Task Launch_NobodyListens_FailsRetryablyAndGivesThePlaceBack()
    {
        await using var launcher = Create(ClosedPort());

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var error = await Assert.ThrowsAsync<LaunchException>(() => LaunchAsync(launcher));
            Assert.True(error.Retryable);
            Assert.Same(Refusals.LaunchFailed, error.Refusal);
            Assert.Contains("PHP-FPM does not answer at 127.0.0.1:", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Launch_NoSuchSocket_SaysSo()
    {
        await using var launcher = Create("unix:/nowhere/fpm.sock");

        Assert.Contains("at unix:/nowhere/fpm.sock (there is no such socket): start it", (await Assert.ThrowsAsync<LaunchException>(() => LaunchAsync(launcher))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_VariableTooLongForARecord_IsRefusedWithoutConnecting()
    {
        await using var launcher = Create(ClosedPort());

        var error = await Assert.ThrowsAsync<LaunchException>(() => LaunchAsync(launcher, new string('h', 66_000)));

        Assert.Same(Refusals.HeadersTooLarge, error.Refusal);
        Assert.StartsWith("WSS_REQUEST_HEADERS does not fit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_PlacesTaken_IsRefusedWithoutConnecting()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var launcher = Create(listener.LocalEndpoint.ToString()!);
        await using var first = await launcher.LaunchAsync(Request(""), CancellationToken.None);

        Assert.Same(Refusals.WorkerLimit, (await Assert.ThrowsAsync<LaunchException>(() => LaunchAsync(launcher))).Refusal);
        Assert.Equal("fastcgi", first.Launcher);
        Assert.Null(first.ProcessId);
    }

    [Fact]
    public async Task DisposeAsync_OfOneOfARoutesOfOnePool_LeavesItToTheOthers()
    {
        using var fpm = new TcpListener(IPAddress.Loopback, 0);
        fpm.Start();
        var address = $"127.0.0.1:{((IPEndPoint)fpm.LocalEndpoint).Port}";
        var factory = new FastCgiLauncherFactory();
        var launchers = Enumerable.Range(0, 2).Select(_ => factory.Create(Plan(address, workers: 1), Context)).ToArray();
        await using var other = launchers[1];

        await launchers[0].DisposeAsync();
        await launchers[0].DisposeAsync();
        await using var worker = await LaunchAsync(other);

        Assert.False(worker.Exited.IsCompleted);
        await Assert.ThrowsAsync<LaunchException>(() => LaunchAsync(other)); // the one place is taken
    }

    private static LauncherContext Context => Launches.Context();

    private static ILauncher Create(string address) => new FastCgiLauncherFactory().Create(Plan(address, workers: 1), Context);

    private static LaunchPlan Plan(string address, int workers)
    {
        Assert.True(FastCgiAddress.TryParse(address, out var parsed));
        return new LaunchPlan { Executable = "", Script = "/srv/chat.php", FastCgi = new FastCgiOptions { Address = parsed, Workers = workers } };
    }

    private static Task<IWorker> LaunchAsync(ILauncher launcher, string headers = "") =>
        launcher.LaunchAsync(Request(headers), CancellationToken.None).AsTask().WaitAsync(Launches.Patience);

    private static LaunchRequest Request(string headers) => new()
    {
        SessionId = "test",
        Environment = new Dictionary<string, string> { ["WSS_REQUEST_HEADERS"] = headers },
    };

    private static string ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }
}
