namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>One pebble for the tests of a class, with what listens where it looks.</summary>
public abstract class PebbleFixture(PebbleOptions options) : IAsyncLifetime
{
    private ChallengeListeners? _listeners;

    public PebbleServer Server { get; private set; } = null!;

    internal ChallengeListeners Listeners => _listeners!;

    public async Task InitializeAsync()
    {
        Server = await PebbleServer.StartAsync(options);
        _listeners = await ChallengeListeners.StartAsync(Server);
    }

    public async Task DisposeAsync()
    {
        await Listeners.DisposeAsync();
        Server.Dispose();
    }
}
