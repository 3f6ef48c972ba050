using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>What a session begins with.</summary>
/// <param name="Client">The client's socket, after the upgrade.</param>
/// <param name="ClientsFirstBytes">What the client had sent behind its request; decoded in place.</param>
/// <param name="Worker">The worker's socket.</param>
/// <param name="WorkersFirstBytes">What the worker had sent behind its hello line.</param>
/// <param name="WorkerIsTcp">Whether the worker's socket is TCP, whose acknowledgements may be late.</param>
/// <param name="Framing">What the worker speaks.</param>
/// <param name="WantsPings">Whether it wants to see pings and pongs.</param>
internal sealed record SocketPathStart(
    SocketDescriptor Client, byte[] ClientsFirstBytes, SocketDescriptor Worker, byte[] WorkersFirstBytes, bool WorkerIsTcp,
    WorkerFraming Framing = WorkerFraming.Raw, bool WantsPings = false);
