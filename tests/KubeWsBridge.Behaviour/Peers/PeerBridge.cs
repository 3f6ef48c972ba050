using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.PeerClients;

/// <summary>One bridge for all clients of a class.</summary>
public sealed class PeerBridge : IAsyncLifetime
{
    /// <summary>The program.</summary>
    public BridgeProcess Bridge { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Bridge = await BridgeProcess.StartAsync(
    [
        "--php-executable", BridgeProcess.PhpPath, "--php-arg", "-n", "--script", PeerFolder.File("worker.php"), "--tail-timeout", "20s",
        "--subprotocol", "chat.v2", "--subprotocol", "chat.v1",
    ]);

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Bridge.DisposeAsync();
}
