using KubeWsBridge.Hosting.Management;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Configuration;

/// <summary>Everything the program around the bridge can be told.</summary>
internal sealed record ProgramOptions
{
    /// <summary>
    /// The address for WebSocket clients: an IP address without brackets, or <c>localhost</c>; all IPv4 addresses, as the ancestor has it.
    /// </summary>
    public string WsHost { get; init; } = "0.0.0.0";

    /// <summary>The port for WebSocket clients, 0 to 65535; 8080, as the ancestor has it; 0 takes a free one.</summary>
    public int WsPort { get; init; } = 8080;

    /// <summary>How long a client may take to send its request; 10 s, well below Kestrel's 30: silent connections hold slots.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether connections from trusted proxies start with the PROXY protocol; no: most proxies send headers instead.</summary>
    public bool ProxyProtocol { get; init; }

    /// <summary>How long sessions may take to end after SIGTERM; 30 s, the grace period of a pod.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes to a client that may wait before its worker is slowed down; 128 KiB, as the ancestor has it.</summary>
    public long WriteBufferSize { get; init; } = 131_072;

    /// <summary>Most bytes that may wait for one client, at least <see cref="WriteBufferSize"/>; 16 MiB, as the ancestor has it.</summary>
    public long MaxWriteBufferSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>Least level of the lines that are logged; info, as the ancestor has it.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <inheritdoc cref="Configuration.LogFormat"/>
    public LogFormat LogFormat { get; init; }

    /// <inheritdoc cref="Configuration.DataPath"/>
    public DataPath DataPath { get; init; }

    /// <inheritdoc cref="ManagementOptions"/>
    public ManagementOptions Management { get; init; } = new();

    /// <summary>The configuration file; null when there is none.</summary>
    public string? ConfigFile { get; init; }
}
