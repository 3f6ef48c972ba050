using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>websockify: the same job, WebSocket to TCP, in Python with a process per connection.</summary>
internal sealed class Websockify : IPeer
{
    /// <inheritdoc/>
    public string Name => "websockify";

    /// <inheritdoc/>
    public string Install => "apt-get install websockify";

    /// <inheritdoc/>
    public Wire Wire => Wire.WebSocket;

    /// <inheritdoc/>
    public bool IsInstalled => Programs.Find(Name) is not null;

    /// <inheritdoc/>
    public string[] Command(int port, int backEnd, string folder) => [Programs.Find(Name)!, $"127.0.0.1:{port}", $"127.0.0.1:{backEnd}"];
}
