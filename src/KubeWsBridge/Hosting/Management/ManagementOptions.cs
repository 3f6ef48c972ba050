using System.Net;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Hosting.Management;

/// <summary>Where the operator's port is and who may use it.</summary>
internal sealed record ManagementOptions
{
    /// <summary>The address; null for no such port. 127.0.0.1:8081 by default: probes from outside need another one, and a pod gives it.</summary>
    public IPEndPoint? Address { get; init; } = new(IPAddress.Loopback, 8081);

    /// <summary>Whether somebody asked for the address. A default that is taken is a warning, a wish that can't be met ends the start.</summary>
    public bool IsAskedFor { get; init; }

    /// <summary>What callers from other machines must show; null when they may not change anything at all.</summary>
    public Secret? Token { get; init; }

    /// <summary>Whether everybody who reaches the port may do everything; no.</summary>
    public bool IsOpen { get; init; }
}
