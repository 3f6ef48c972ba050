using System.Net;
using KubeWsBridge.Bridge.Metadata;

namespace KubeWsBridge.Bridge.Tests;

/// <summary>Sessions without anything behind them.</summary>
internal static class Sessions
{
    public static Session Create(TimeProvider time, TimeSpan connectionTimeout = default)
    {
        var metadata = new SessionMetadata
        {
            SessionId = Guid.NewGuid().ToString(),
            Client = new IPEndPoint(IPAddress.Loopback, 1),
            ServerHost = "bridge.test",
            ServerPort = 80,
            RequestUri = "/",
            Path = "/",
            Query = "",
            Headers = [],
        };
        return new Session(Guid.Parse(metadata.SessionId), metadata, new RouteOptions { Executable = "php" }, time) { ConnectionTimeout = connectionTimeout };
    }
}
