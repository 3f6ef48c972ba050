using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.UnixSocket;

/// <summary>The end of the program when its workers have a unix socket.</summary>
public sealed class DrainOverUnixSocketTests : DrainTests, IDisposable
{
    private readonly SocketFolder _sockets = new();

    public void Dispose() => _sockets.Dispose();

    protected override Task<BridgeProcess> StartAsync(params string[] options) => base.StartAsync([.. _sockets.Next(), .. options]);
}
