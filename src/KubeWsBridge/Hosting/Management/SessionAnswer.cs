namespace KubeWsBridge.Hosting.Management;

/// <summary>What the operator can see of a session; nothing of what it carries.</summary>
/// <param name="Id">The connection id its worker knows.</param>
/// <param name="State"><c>launching</c>, <c>open</c> or <c>ending</c>.</param>
/// <param name="Client">Address and port, through trusted proxies.</param>
/// <param name="Path">The request's path, without the query.</param>
/// <param name="Route">The route's path as configured.</param>
/// <param name="WorkerProcessId">The worker's process; null when there is none to see.</param>
/// <param name="Seconds">Age.</param>
/// <param name="MessagesReceived">From the client.</param>
/// <param name="BytesReceived">Payload from the client.</param>
/// <param name="MessagesSent">To the client.</param>
/// <param name="BytesSent">Payload to the client.</param>
internal sealed record SessionAnswer(
    Guid Id, string State, string Client, string Path, string Route, int? WorkerProcessId, double Seconds,
    long MessagesReceived, long BytesReceived, long MessagesSent, long BytesSent);
