namespace KubeWsBridge.Bridge.Tests.Framing;

/// <summary>How a path under test begins.</summary>
internal sealed record MessagesPathSetup(byte[] WorkersFirstBytes, int? ClientBuffers, int? WorkerBuffers, int ReadSize, bool WantsPings);
