using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>HAProxy in TCP mode, another byte proxy in C. It does no framing.</summary>
internal sealed class Haproxy : IPeer
{
    /// <inheritdoc/>
    public string Name => "haproxy";

    /// <inheritdoc/>
    public string Install => "apt-get install haproxy";

    /// <inheritdoc/>
    public Wire Wire => Wire.Raw;

    /// <inheritdoc/>
    public bool IsInstalled => Programs.Find(Name) is not null;

    /// <inheritdoc/>
    public string[] Command(int port, int backEnd, string folder)
    {
        var file = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(file, $"""
            global
                maxconn 4000
            defaults
                mode tcp
                timeout connect 10s
                timeout client 1h
                timeout server 1h
            listen bench
                bind 127.0.0.1:{port} backlog 4096
                server backend 127.0.0.1:{backEnd}

            """);
        return [Programs.Find(Name)!, "-db", "-f", file];
    }
}
