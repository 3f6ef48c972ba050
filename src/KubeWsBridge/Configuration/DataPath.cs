namespace KubeWsBridge.Configuration;

/// <summary>What carries the bytes between a client's connection and the bridge.</summary>
internal enum DataPath
{
    /// <summary>The best the platform offers.</summary>
    Auto,

    /// <summary>A stream: works with TLS, HTTP/2 and every system.</summary>
    Stream,

    /// <summary>Loops of our own over plain sockets: HTTP/1.1 without TLS, on Linux.</summary>
    Socket,
}
