namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>The fork server is gone before it has answered; somebody else can start the worker.</summary>
internal sealed class ForkServerLostException(string reason) : Exception(reason);
