using KubeWsBridge.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KubeWsBridge.Hosting;

/// <summary>Kestrel's limits for a server whose every connection is meant to become a WebSocket.</summary>
internal static class KestrelLimits
{
    // Most names and values of one request. A worker's environment string may be 131,071 bytes, and all headers go into one of them.
    private const int HeaderBytes = 96 * 1024;
    private const int RequestLineBytes = 32 * 1024;

    // A stream that waits for a slow worker must not stop the other streams of its connection: the connection's window holds them all.
    private const int StreamWindow = 128 * 1024;
    private const int Streams = 100;

    /// <summary>Sets them.</summary>
    public static void Apply(KestrelServerLimits limits, ProgramOptions program)
    {
        limits.RequestHeadersTimeout = program.HeaderTimeout;
        limits.KeepAliveTimeout = program.HeaderTimeout;
        limits.MaxRequestHeaderCount = 200;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestBufferSize = Math.Max(HeaderBytes + RequestLineBytes, 1024 * 1024);
        limits.MaxResponseBufferSize = program.WriteBufferSize;

        // Sessions are long and may be slow; heartbeats judge them, not rates.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;

        limits.Http2.MaxStreamsPerConnection = Streams;
        limits.Http2.InitialStreamWindowSize = StreamWindow;
        limits.Http2.InitialConnectionWindowSize = Streams * StreamWindow;
        limits.Http2.MaxRequestHeaderFieldSize = RequestLineBytes;
    }
}
