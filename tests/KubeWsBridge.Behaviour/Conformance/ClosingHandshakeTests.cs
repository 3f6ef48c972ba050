using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>RFC 6455 section 7.1.1 with the deadlines that everybody has: who closes when, and that nobody can prevent it.</summary>
public class ClosingHandshakeTests(ClosingHandshakeTests.DefaultBridge echo) : IClassFixture<ClosingHandshakeTests.DefaultBridge>
{
    private static readonly byte[] Mistake = ClientFrames.Frame(3, []);

    [Fact]
    public async Task Rfc6455_7_1_1_AfterTheClientsClose_TheServerClosesTcpFirst()
    {
        await using var client = await RawClient.ConnectAsync(echo.Bridge.Port);
        await client.SendCloseAsync(1000);

        Assert.Equal(1000, (await client.ReadFrameAsync())?.CloseCode);
        Assert.Equal(0, await client.Socket.ReceiveAsync(new byte[1]).WaitAsync(RawClient.Patience)); // FIN; a reset would throw
    }

    [Fact]
    public async Task Rfc6455_7_1_7_ClientThatAnswersTheCloseFrame_GetsTheEnd()
    {
        await using var client = await RawClient.ConnectAsync(echo.Bridge.Port);
        await client.SendAsync(Mistake);

        Assert.Equal(1002, (await client.ReadFrameAsync())?.CloseCode);
        await client.SendCloseAsync(1002);
        Assert.Equal(0, await client.Socket.ReceiveAsync(new byte[1]).WaitAsync(RawClient.Patience));
    }

    [Fact]
    public async Task Rfc6455_7_1_7_ClientThatNeverAnswers_GetsTheEndAllTheSame()
    {
        await using var client = await RawClient.ConnectAsync(echo.Bridge.Port);
        await client.SendAsync(Mistake);

        Assert.Equal(1002, (await client.ReadFrameAsync())?.CloseCode);
        Assert.Equal(0, await client.Socket.ReceiveAsync(new byte[1]).WaitAsync(RawClient.Patience));
    }

    [Fact]
    public async Task Rfc6455_7_1_7_ClientThatGoesOnSending_GetsTheEndAllTheSame()
    {
        await using var client = await RawClient.ConnectAsync(echo.Bridge.Port);
        await client.SendAsync(Mistake);
        var sending = SendForeverAsync(client);

        Assert.Equal(1002, (await client.ReadFrameAsync())?.CloseCode);
        Assert.Null(await client.ReadFrameAsync()); // what was sent after the end is answered with a reset: it may be seen here
        await sending;
    }

    private static async Task SendForeverAsync(RawClient client)
    {
        var message = ClientFrames.Binary(ClientFrames.Bytes(10_000));
        try
        {
            while (true)
                await client.SendAsync(message);
        }
        catch (IOException)
        {
            // The end.
        }
    }

    /// <summary>A bridge that nobody configured.</summary>
    public sealed class DefaultBridge : IAsyncLifetime
    {
        /// <summary>The program.</summary>
        public BridgeProcess Bridge { get; private set; } = null!;

        /// <inheritdoc/>
        public async Task InitializeAsync() => Bridge = await BridgeProcess.StartAsync("echo.php", "--php-arg", "-n");

        /// <inheritdoc/>
        public async Task DisposeAsync() => await Bridge.DisposeAsync();
    }
}
