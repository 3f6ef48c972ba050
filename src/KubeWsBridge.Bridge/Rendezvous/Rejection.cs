namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>A worker's answer that its client is not to be served.</summary>
/// <param name="Status">The HTTP status, 400 to 599.</param>
/// <param name="Reason">What the client is told; may be empty.</param>
internal sealed record Rejection(int Status, string Reason);
