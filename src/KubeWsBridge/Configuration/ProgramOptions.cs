using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Hosting.Draining;
using KubeWsBridge.Hosting.Management;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Configuration;

/// <summary>Everything the program around the bridge can be told.</summary>
internal sealed record ProgramOptions
{
    private static readonly IReadOnlyList<ListenerOptions> DefaultListeners = [new("0.0.0.0", 8080)];

    /// <summary>The addresses for WebSocket clients, at least one; 8080 on all IPv4 addresses without TLS, as the ancestor has it.</summary>
    public IReadOnlyList<ListenerOptions> Listeners { get; init; } = DefaultListeners;

    /// <summary>What TLS is told; null when no listener has it.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>How certificates are obtained from authorities; null when they come from elsewhere.</summary>
    public AutomationSettings? Automation { get; init; }

    /// <summary>How long a client may take to send its request; 10 s, well below Kestrel's 30: silent connections hold slots.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether connections from trusted proxies start with the PROXY protocol; no: most proxies send headers instead.</summary>
    public bool ProxyProtocol { get; init; }

    /// <inheritdoc cref="DrainOptions"/>
    public DrainOptions Drain { get; init; } = new();

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
