namespace KubeWsBridge.Benchmarks.Load.Tls;

/// <summary>What clients over TLS have in common: defaults of OpenSSL, and no look at the server's certificate.</summary>
internal sealed class TlsContext : IDisposable
{
    /// <summary>OpenSSL's handle of it.</summary>
    public nint Handle { get; } = Libssl.SSL_CTX_new(Libssl.TLS_client_method());

    /// <inheritdoc/>
    public void Dispose() => Libssl.SSL_CTX_free(Handle);
}
