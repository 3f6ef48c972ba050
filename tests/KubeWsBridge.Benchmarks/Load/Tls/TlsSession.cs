namespace KubeWsBridge.Benchmarks.Load.Tls;

/// <summary>What a client remembers of a handshake, so that the next one can be short.</summary>
internal sealed class TlsSession(nint handle) : IDisposable
{
    /// <summary>OpenSSL's handle of it.</summary>
    public nint Handle => handle;

    /// <inheritdoc/>
    public void Dispose() => Libssl.SSL_SESSION_free(handle);
}
