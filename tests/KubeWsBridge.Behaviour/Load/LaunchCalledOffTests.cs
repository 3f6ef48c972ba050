using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Load;

public class LaunchCalledOffTests
{
    [Theory]
    [InlineData("ready")]
    [InlineData("early")]
    public async Task Drain_WhileAStartIsTriedAgain_TellsTheClient(string upgrade)
    {
        // An executable that is open for writing can't be run (ETXTBSY), which may pass: the bridge tries again.
        var busy = Path.Combine(Path.GetTempPath(), $"kwb-busy-{Guid.NewGuid():N}");
        File.Copy("/bin/true", busy);
        try
        {
            await using var writing = new FileStream(busy, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            await using var bridge = await BridgeProcess.StartAsync(
                ["--php-executable", busy, "--script", BridgeProcess.Handler("echo.php"), "--php-connect-retries", "1000", "--upgrade", upgrade]);
            await using var client = await RawClient.TcpAsync(bridge.Port);
            await client.SendAsync(RawClient.Handshake());
            await bridge.LoggedAsync("is being written to");

            bridge.Signal(15);

            await client.ReadResponseAsync();
            Assert.Equal(upgrade == "ready" ? 503 : 101, client.Status);
            if (upgrade == "early")
                Assert.Equal(1001, (await client.ReadToEndAsync()).CloseCode);
            Assert.Equal(0, await bridge.ExitAsync());
        }
        finally
        {
            File.Delete(busy);
        }
    }
}
