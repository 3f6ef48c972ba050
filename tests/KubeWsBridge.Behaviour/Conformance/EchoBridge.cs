using KubeWsBridge.Behaviour.Conformance.Transports;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>One bridge with an echo behind it for all cases of a class.</summary>
public sealed class EchoBridge : IAsyncLifetime, IDisposable
{
    /// <summary>Most bytes of a message.</summary>
    public const int MaxPayload = 1024 * 1024;

    private readonly Http2Transport _http2 = new();

    /// <summary>The program.</summary>
    public BridgeProcess Bridge { get; private set; } = null!;

    /// <summary>The transport of that name.</summary>
    public IConformanceTransport Transport(string name) => name == _http2.Name ? _http2 : new TcpTransport();

    /// <inheritdoc/>
    /// <remarks>The deadlines are long because none of the cases is about them and the machine may be busy.</remarks>
    public async Task InitializeAsync() => Bridge = await BridgeProcess.StartAsync(
        "echo.php", "--php-arg", "-n", "--max-payload-size", $"{MaxPayload}", "--tail-timeout", "30s", "--close-timeout", "5s",
        "--subprotocol", "chat.v2", "--subprotocol", "chat.v1");

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Bridge.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _http2.Dispose();
}
