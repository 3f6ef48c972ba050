using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KubeWsBridge.Behaviour.FastCgi;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Launchers;

namespace KubeWsBridge.Behaviour;

/// <summary>The examples of the PHP library, each behind the real bridge.</summary>
public sealed class PhpExampleTests : IDisposable
{
    private const int Terminate = 15;
    private const string Secret = "only for tests";
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Echo_KeepsTypesAndBoundaries()
    {
        await using var bridge = await StartAsync("echo.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var binary = RandomNumberGenerator.GetBytes(300_000);

        await client.SendTextAsync("Grüße");
        await client.SendTextAsync("");
        await client.SendFrameAsync(2, "\0\n\xFF"u8);
        await client.SendFragmentsAsync(binary, 70_000);

        Assert.Equal("Grüße", await client.ReadTextAsync());
        Assert.Equal("", await client.ReadTextAsync());
        AssertBinary("\0\n\xFF"u8.ToArray(), await client.ReadMessageAsync());
        AssertBinary(binary, await client.ReadMessageAsync());
        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
    }

    [Fact]
    public async Task Echo_OverAUnixSocket_Works()
    {
        await using var bridge = await StartAsync("echo.php", "--tcp-bind", "unix:" + _scratch.File("workers.sock"));
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await client.SendTextAsync("over a file");

        Assert.Equal("over a file", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Ticker_TicksWhileItWaitsAndAnswers()
    {
        await using var bridge = await StartAsync("ticker.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/?name=J%C3%BCrgen&every=0.05");

        Assert.Equal("Welcome, Jürgen", await client.ReadTextAsync());
        Assert.StartsWith("tick 1 at ", await client.ReadTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("tick 2 at ", await client.ReadTextAsync(), StringComparison.Ordinal);
        await client.SendTextAsync("hello");
        while (await client.ReadTextAsync() is var text && text != "Jürgen: hello")
            Assert.StartsWith("tick ", text, StringComparison.Ordinal);

        var session = await bridge.OpenedAsync(client);
        await client.SendCloseAsync(4001, "enough");
        Assert.Equal(4001, (await client.ReadToCloseAsync()).Code);
        await bridge.SaidAsync(session, "Jürgen has left with 4001 after \\d+ ticks");
    }

    [Fact]
    public async Task Ticker_WhenTheBridgeDrains_SaysSo()
    {
        await using var bridge = await StartAsync("ticker.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/?every=600");
        Assert.Equal("Welcome, stranger", await client.ReadTextAsync());

        bridge.Signal(Terminate);

        Assert.Matches("^This server goes away in \\d+ seconds. Connect again, please.$", await client.ReadTextAsync());
        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
    }

    [Theory]
    [InlineData(3_000_000, 3_000_000)]
    [InlineData(3_000_000, 100_000)]
    [InlineData(1, 1)]
    public async Task Upload_GoesToDiskWithProgress(int bytes, int perMessage)
    {
        await using var bridge = await StartAsync("upload.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var file = RandomNumberGenerator.GetBytes(bytes);

        await client.SendTextAsync($$"""{"name": "../my photo.jpg", "size": {{bytes}}}""");
        if (perMessage == bytes)
            await client.SendFragmentsAsync(file, 50_000);
        else
            foreach (var message in file.Chunk(perMessage))
                await client.SendFrameAsync(2, message);

        var progress = 0;
        while (await client.ReadTextAsync() is var text)
        {
            using var answer = JsonDocument.Parse(text);
            if (answer.RootElement.TryGetProperty("received", out var received))
            {
                Assert.InRange(received.GetInt32(), progress + 1, bytes);
                progress = received.GetInt32();
                continue;
            }

            var name = answer.RootElement.GetProperty("stored").GetString()!;
            Assert.EndsWith("-my_photo.jpg", name, StringComparison.Ordinal);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), answer.RootElement.GetProperty("sha256").GetString());
            Assert.Equal(file, await File.ReadAllBytesAsync(_scratch.File(name)));
            break;
        }

        Assert.Equal(bytes > 1_000_000, progress > 0);
        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
        Assert.Single(Directory.GetFiles(_scratch.Folder));
    }

    [Theory]
    [InlineData("""{"name": "a", "size": 99999999999}""", "", 1009, "Files have at most 64 MiB.")]
    [InlineData("""{"name": "a"}""", "", 4000, """First say what comes: {"name": "photo.jpg", "size": 123456}""")]
    [InlineData("no JSON", "", 4000, """First say what comes: {"name": "photo.jpg", "size": 123456}""")]
    [InlineData("""{"name": "a", "size": 3}""", "more", 4001, "Send exactly the bytes you have announced, without pauses of 30 seconds.")]
    public async Task Upload_ThatIsWrong_IsRefusedWithAReason(string announced, string sent, int code, string reason)
    {
        await using var bridge = await StartAsync("upload.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await client.SendTextAsync(announced);
        if (sent.Length > 0)
            await client.SendFrameAsync(2, Encoding.ASCII.GetBytes(sent));
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((code, reason), (ending.Code, ending.Reason));
        Assert.Empty(Directory.GetFiles(_scratch.Folder));
    }

    [Fact]
    public async Task Upload_RefusedWhileTheClientSends_StillSaysWhy()
    {
        await using var bridge = await StartAsync("upload.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        await client.SendTextAsync("""{"name": "a", "size": 70000000}""");
        var flood = client.SendFrameAsync(2, new byte[8_000_000]);

        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1009, "Files have at most 64 MiB."), (ending.Code, ending.Reason));
        await Task.WhenAny(flood); // taken or not
    }

    [Fact]
    public async Task Upload_WhoseClientGoesHalfWay_LeavesNothingBehind()
    {
        await using var bridge = await StartAsync("upload.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var session = await bridge.OpenedAsync(client);
        await client.SendTextAsync("""{"name": "a", "size": 5000000}""");
        await client.SendFrameAsync(2, new byte[2_000_000], final: false);
        Assert.StartsWith("""{"received":""", await client.ReadTextAsync(), StringComparison.Ordinal);

        client.Reset();
        await bridge.ClosedAsync(session);

        Assert.Empty(Directory.GetFiles(_scratch.Folder));
    }

    [Fact]
    public async Task Login_WithoutAToken_IsA401WithTheReason()
    {
        await using var bridge = await StartAsync("login.php");
        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/?token=ann.forged");

        Assert.Equal(401, client.Status);
        Assert.Contains("Log in first: this needs a valid token.", await ReadBodyAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.chat, v2.chat", "v2.chat")]
    [InlineData("other, v1.chat", "v1.chat")]
    [InlineData(null, null)]
    public async Task Login_WithAToken_ChoosesTheSubprotocol(string? offered, string? chosen)
    {
        await using var bridge = await StartAsync("login.php");
        string[] headers = ["Cookie: theme=dark; token=" + Token("ann"), .. offered is null ? Array.Empty<string>() : ["Sec-WebSocket-Protocol: " + offered]];
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/", headers);

        Assert.Equal(chosen is not null, client.Response.Contains($"\r\nSec-WebSocket-Protocol: {chosen}\r\n", StringComparison.OrdinalIgnoreCase));
        Assert.Equal($"Welcome, ann ({chosen ?? "no subprotocol"})", await client.ReadTextAsync());
        await client.SendTextAsync("hi");
        Assert.Equal("ann: hi", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Login_WithForeignSubprotocols_IsA400()
    {
        await using var bridge = await StartAsync("login.php");
        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/?token=" + Token("ann"), "Sec-WebSocket-Protocol: other");

        Assert.Equal(400, client.Status);
    }

    [Fact]
    public async Task Framework_WithoutPreload_BuildsEverythingInTheWorker()
    {
        await using var bridge = await StartAsync("framework/handler.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/rooms/7");

        Assert.Equal("You are in /rooms/7.", await client.ReadTextAsync());
        var (worker, container, rooms) = await AskWhoAsync(client);
        Assert.Equal((worker, worker), (container, rooms));
    }

    [Fact]
    public async Task Framework_PreloadedByAForkServer_IsBuiltOnceAndConnectedPerWorker()
    {
        var preload = Path.Combine(Repository.Root, "src/php/examples/framework/preload.php");
        await using var bridge = await StartAsync("framework/handler.php", "--launcher", "fork", "--fork-preload", preload);
        await LauncherFixture.ServesByAsync(bridge, "fork");
        await using var ann = await RawClient.ConnectAsync(bridge.Port, "/rooms/7");
        await using var bob = await RawClient.ConnectAsync(bridge.Port, "/rooms/8");

        Assert.Equal("You are in /rooms/7.", await ann.ReadTextAsync());
        Assert.Equal("You are in /rooms/8.", await bob.ReadTextAsync());
        var (anns, bobs) = (await AskWhoAsync(ann), await AskWhoAsync(bob));
        Assert.NotEqual(anns.Worker, bobs.Worker);
        Assert.Equal((anns.Worker, bobs.Worker), (anns.Rooms, bobs.Rooms));
        Assert.Equal(anns.Container, bobs.Container); // the fork server's work
        Assert.DoesNotContain(anns.Container, new[] { anns.Worker, bobs.Worker });
    }

    [Fact]
    public async Task Echo_InPhpFpm_KeepsTypesAndBoundaries()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 2);
        await using var bridge = await StartAsync("echo.php", "--launcher", "fastcgi", "--fastcgi-address", fpm.Address, "--fastcgi-workers", "2");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await client.SendTextAsync("Grüße");
        await client.SendFrameAsync(2, "\0\n\xFF"u8);

        Assert.Equal("Grüße", await client.ReadTextAsync());
        AssertBinary("\0\n\xFF"u8.ToArray(), await client.ReadMessageAsync());
        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
        await fpm.HasIdleAsync(2);
    }

    [Fact]
    public async Task Ancestor_ClassOfItsLibrary_GivesAndTakesBytes()
    {
        await using var bridge = await StartAsync("ancestor.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var session = await bridge.OpenedAsync(client);

        await client.SendTextAsync("hello");
        Assert.Equal("HELLO", Encoding.ASCII.GetString(await client.ReadDataAsync(5)));
        await client.SendFrameAsync(2, "a\nb"u8);
        Assert.Equal("A\nB", Encoding.ASCII.GetString(await client.ReadDataAsync(3)));

        await bridge.SaidAsync(session, "Serving " + session.Id);
        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
    }

    private static async Task<(int Worker, int Container, int Rooms)> AskWhoAsync(RawClient client)
    {
        await client.SendTextAsync("who");
        using var answer = JsonDocument.Parse(await client.ReadTextAsync());
        return (Number("worker"), Number("containerBuiltBy"), Number("roomsConnectedBy"));

        int Number(string name) => answer.RootElement.GetProperty(name).GetInt32();
    }

    private static void AssertBinary(byte[] expected, ReceivedFrame message)
    {
        Assert.Equal(2, message.Opcode);
        Assert.Equal(expected, message.Payload);
    }

    private static async Task<string> ReadBodyAsync(RawClient client)
    {
        var body = new List<byte>();
        while (await client.ReadExactlyAsync(1) is { } bytes)
            body.AddRange(bytes);
        return Encoding.UTF8.GetString([.. body]);
    }

    private static string Token(string user) =>
        $"{user}.{Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(user)))}";

    private Task<BridgeProcess> StartAsync(string example, params string[] options) =>
        BridgeProcess.StartAsync(
            ["--php-executable", BridgeProcess.PhpPath, "--script", Path.Combine(Repository.Root, "src/php/examples", example), .. options],
            new Dictionary<string, string> { ["UPLOAD_DIRECTORY"] = _scratch.Folder, ["LOGIN_SECRET"] = Secret });
}
