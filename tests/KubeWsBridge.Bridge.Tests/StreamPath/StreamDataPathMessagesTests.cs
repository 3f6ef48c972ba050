using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.Tests.Framing;
using KubeWsBridge.Bridge.Tests.Linux;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.StreamPath;

[SupportedOSPlatform("linux")]
public sealed class StreamDataPathMessagesTests : MessagesPathTests
{
    internal override MessagesPath Start(MessagesPathSetup setup)
    {
        var pair = SocketPair.Tcp(setup.ClientBuffers);
        var stream = new NetworkStream(new Socket(new SafeSocketHandle(pair.Ours.Release(), ownsHandle: true)), ownsSocket: true);
        var test = new StreamPathUnderTest(
            stream, tcpWorker: true, WorkerFraming.Messages, new Hello { WantsPings = setup.WantsPings }, setup.WorkersFirstBytes, setup.ReadSize,
            setup.WorkerBuffers, new FakeTimeProvider());
        return new MessagesPath(test.Path, pair.Peer, test.Worker, test);
    }
}
