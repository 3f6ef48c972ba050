using System.Net;
using KubeWsBridge.Bridge;
using KubeWsBridge.Hosting.Draining;

namespace KubeWsBridge.Hosting.Management;

/// <summary>What the operator's port tells of.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Drain">Its way out.</param>
/// <param name="Address">Where clients connect; null until they can.</param>
/// <param name="TimeProvider">The clock.</param>
internal sealed record ServedBridge(WebSocketBridge Bridge, Drain Drain, Func<IPEndPoint?> Address, TimeProvider TimeProvider);
