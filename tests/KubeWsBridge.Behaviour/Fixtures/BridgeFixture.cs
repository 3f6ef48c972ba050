namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>One bridge with all handlers for all tests of a class.</summary>
public abstract class BridgeFixture(params string[] arguments) : IAsyncLifetime
{
    /// <summary>The running program.</summary>
    public BridgeProcess Bridge { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Bridge = await BridgeProcess.StartWithHandlersAsync(arguments);

    /// <inheritdoc/>
    public virtual async Task DisposeAsync() => await Bridge.DisposeAsync();
}
