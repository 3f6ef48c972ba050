using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Load;

[Collection(LoadCollection.Name)]
public class MillionMessagesTests
{
    private const int Count = 1_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Through a real PHP worker, boundary- and byte-exact, text as text and binary as binary. The seed is another each time, and in the message.</summary>
    [Fact]
    public async Task MillionRandomMessages_ThroughPhp_ComeBackAsTheyWere()
    {
        var seed = Environment.TickCount;
        await using var bridge = await BridgeProcess.StartAsync("Load/messages.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var checker = new MessageChecker(client.Socket, seed);

        try
        {
            await Task.WhenAll(new MessageSender(client.Socket, seed).SendAsync(Count, Patience), checker.ReceiveAsync(Count, Patience));
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or TimeoutException)
        {
            throw new InvalidOperationException($"Seed {seed}, after {checker.Checked} messages: {exception.Message}\n{bridge.Log}", exception);
        }

        await client.SendCloseAsync(1000);
        Assert.Contains($"received {Count} messages of ", await bridge.LoggedAsync("Session closed: client-closed"), StringComparison.Ordinal);
        Assert.Contains($"sent {Count} of ", await bridge.LoggedAsync("Session closed: client-closed"), StringComparison.Ordinal);
    }
}
