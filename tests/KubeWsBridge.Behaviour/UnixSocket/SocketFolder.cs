using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.UnixSocket;

/// <summary>A folder for the sockets of any number of bridges; gone with the tests.</summary>
public sealed class SocketFolder : IDisposable
{
    private readonly Scratch _scratch = new();
    private int _sockets;

    /// <summary>The options that give the next bridge a socket of its own.</summary>
    public string[] Next() => ["--tcp-bind", $"unix:{_scratch.File($"workers-{Interlocked.Increment(ref _sockets)}.sock")}"];

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();
}
