namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>One bridge with all handlers for all tests of a class.</summary>
public abstract class BridgeFixture(params string[] arguments) : IAsyncLifetime
{
    /// <summary>The running program.</summary>
    public BridgeProcess Bridge { get; private set; } = null!;

    /// <summary>What all bridges of these tests have in common; asked for each of them.</summary>
    protected virtual string[] Common => [];

    /// <inheritdoc/>
    public async Task InitializeAsync() => Bridge = await StartAsync(arguments);

    /// <summary>One more, for a test that needs other options.</summary>
    public Task<BridgeProcess> StartAsync(params string[] options) => BridgeProcess.StartWithHandlersAsync([.. Common, .. options]);

    /// <inheritdoc/>
    public virtual async Task DisposeAsync() => await Bridge.DisposeAsync();
}
