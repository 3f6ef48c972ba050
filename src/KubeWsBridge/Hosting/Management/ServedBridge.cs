using System.Net;
using KubeWsBridge.Bridge;
using KubeWsBridge.Hosting.Draining;
using KubeWsBridge.Hosting.Management.Health;

namespace KubeWsBridge.Hosting.Management;

/// <summary>What the operator's port tells of.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Drain">Its way out.</param>
/// <param name="Address">Where clients connect; null until they can.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Configuration">Tells of the configuration file; null when nobody looks at it.</param>
/// <param name="Certificate">Tells of the certificate; null when it does not come from an authority.</param>
internal sealed record ServedBridge(
    WebSocketBridge Bridge, Drain Drain, Func<IPEndPoint?> Address, TimeProvider TimeProvider, ConfigurationCheck? Configuration, CertificateCheck? Certificate);
