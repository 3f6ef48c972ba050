using KubeWsBridge.Certificates.Tests.Acme.Pebble;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>A pebble that refuses every other nonce.</summary>
public sealed class PlainPebble : IAsyncLifetime
{
    /// <summary>The pebble.</summary>
    public PebbleServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Server = await PebbleServer.StartAsync();

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Server.Dispose();
        return Task.CompletedTask;
    }
}
