using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Demo;

namespace KubeWsBridge.Tests.Demo;

public sealed class BuiltInWorkerTests
{
    [Fact]
    public async Task Run_WithBridge_GreetsEchoesAndEndsWithZero()
    {
        using var peer = new WorkerPeer();
        var errors = new StringWriter();
        var worker = RunAsync(peer.Variables(), errors);

        var hello = await peer.ConverseAsync();

        Assert.Equal(0, await worker);
        WorkerPeer.AssertHello(hello, ".NET ");
        Assert.EndsWith("built-in worker", hello.GetProperty("runtime").GetString(), StringComparison.Ordinal);
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task Run_PayloadBeforeTheGreeting_IsEchoedAfterIt()
    {
        using var peer = new WorkerPeer();
        var worker = RunAsync(peer.Variables(), TextWriter.Null);

        await peer.ConverseAsync(withTheId: "early\nbird"u8.ToArray());

        Assert.Equal(0, await worker);
    }

    [Fact]
    public async Task Run_NobodyListens_EndsWithOneAndSaysWhere()
    {
        using var peer = new WorkerPeer();
        var errors = new StringWriter();
        var port = WorkerPeer.ClosedPort();

        Assert.Equal(1, await RunAsync(peer.Variables(port), errors));
        Assert.Contains($"port {port}", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WSS_CONNECTION_ID")]
    [InlineData("WSS_TCP_HOST")]
    [InlineData("WSS_TCP_PORT")]
    public async Task Run_VariableMissing_EndsWithOneAndASentence(string missing)
    {
        using var peer = new WorkerPeer();
        var variables = peer.Variables();
        variables.Remove(missing);
        var errors = new StringWriter();

        Assert.Equal(1, await RunAsync(variables, errors));
        Assert.Contains(missing, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortIsNoNumber_EndsWithOne()
    {
        using var peer = new WorkerPeer();
        var variables = peer.Variables();
        variables["WSS_TCP_PORT"] = "http";

        Assert.Equal(1, await RunAsync(variables, TextWriter.Null));
    }

    [Fact]
    public async Task Run_BridgeResets_EndsWithZero()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var peer = new WorkerPeer();
        var worker = RunAsync(peer.Variables(((IPEndPoint)listener.LocalEndpoint).Port), TextWriter.Null);
        using (var accepted = await listener.AcceptSocketAsync())
        {
            // Past the id and the greeting: only then the reset meets the conversation and not its beginning.
            var seen = 0;
            var buffer = new byte[4096];
            while (seen < 2)
                seen += buffer.AsSpan(0, await accepted.ReceiveAsync(buffer)).Count((byte)'\n');
            accepted.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        Assert.Equal(0, await worker);
    }

    [Fact]
    public async Task Run_UnixSocket_IsReachedByTheUriForm()
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Directory.CreateTempSubdirectory("demo-");
        try
        {
            var path = Path.Combine(folder.FullName, "s");
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            using var peer = new WorkerPeer();
            var variables = peer.Variables(port: 0);
            variables["WSS_TCP_HOST"] = "unix://" + path;
            var worker = RunAsync(variables, TextWriter.Null);
            using (var accepted = await listener.AcceptAsync())
            {
                accepted.Shutdown(SocketShutdown.Send);
                var buffer = new byte[4096];
                while (await accepted.ReceiveAsync(buffer) > 0)
                {
                }
            }

            Assert.Equal(0, await worker);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<int> RunAsync(Dictionary<string, string> variables, TextWriter errors) =>
        Task.Factory.StartNew(() => BuiltInWorker.Run(variables, errors), TaskCreationOptions.LongRunning);
}
