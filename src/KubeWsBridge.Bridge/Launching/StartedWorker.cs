using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>What became of the attempt to start a worker and to meet it.</summary>
/// <param name="Worker">The worker, also when the meeting failed, because it has to be ended; null when it never ran.</param>
/// <param name="Connection">Its back-connection; null when they did not meet.</param>
/// <param name="Refusal">Why they did not meet; null when they did.</param>
/// <param name="Detail">More for the log.</param>
internal readonly record struct StartedWorker(IWorker? Worker, Arrival? Connection, Refusal? Refusal, string Detail = "");
