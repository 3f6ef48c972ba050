using KubeWsBridge.Behaviour.Load;
using Xunit.Abstractions;

namespace KubeWsBridge.Behaviour.UnixSocket;

/// <summary>Bulk and backpressure when workers have a unix socket.</summary>
[Collection(LoadCollection.Name)]
public sealed class BulkEchoOverUnixSocketTests(ITestOutputHelper output) : BulkEchoTests(output), IDisposable
{
    private readonly SocketFolder _sockets = new();

    protected override string[] Common => _sockets.Next();

    public void Dispose() => _sockets.Dispose();
}
