using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Where fork servers connect to: a unix socket for this user alone.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ControlSocket : IDisposable
{
    private const string Name = "control.sock";

    private readonly WorkerSocket _listening;
    private Task<Socket>? _next;

    private ControlSocket(WorkerSocket listening) => _listening = listening;

    /// <summary>Listens in a directory.</summary>
    /// <exception cref="IOException">It can not be made there, or the directory is not safe; the message says what to change.</exception>
    public static ControlSocket Listen(string directory) => new(WorkerSocket.ListenOnFile(Path.Join(directory, Name), "--fork-server-dir"));

    /// <summary>Waits for a connection, for as long as the token lets; one that comes later is there for the next call.</summary>
    public async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        _next ??= _listening.Socket.AcceptAsync(CancellationToken.None).AsTask();
        var accepted = await _next.WaitAsync(cancellationToken);
        _next = null;
        return accepted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listening.Dispose();
        _next?.ContinueWith(
            static accepted => _ = accepted.Exception is null ? Close(accepted.Result) : null, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static Exception? Close(Socket socket)
    {
        socket.Dispose();
        return null;
    }
}
