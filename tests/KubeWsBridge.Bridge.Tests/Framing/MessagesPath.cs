using System.Net.Sockets;
using KubeWsBridge.Bridge.Tests.SocketPath;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.Framing;

/// <summary>A started data path of either kind, between two sockets of the test's.</summary>
internal sealed record MessagesPath(IDataPath Path, Socket Client, Socket Worker, IDisposable Owner) : IDisposable
{
    public Task ToClient => Path.ToClient.WaitAsync(PathUnderTest.Patience);

    public void Dispose() => Owner.Dispose();
}
