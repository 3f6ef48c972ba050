namespace KubeWsBridge.Benchmarks.Targets.Tls;

/// <summary>The bridge, which ends TLS itself.</summary>
internal sealed class TlsBridge(BridgeContender bridge, TlsCertificate certificate) : IContender
{
    /// <inheritdoc/>
    public string Name => "wss";

    /// <inheritdoc/>
    public bool Takes(Handler handler) => bridge.Takes(handler);

    /// <inheritdoc/>
    public ITarget Start(Handler handler) => bridge.Start(
        [.. bridge.Workers.BridgeArguments(handler), "--tls-mode", "manual", "--tls-cert", certificate.Chain, "--tls-key", certificate.Key]);
}
