using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Where fork servers connect to: a unix socket for this user alone.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ControlSocket : IDisposable
{
    private const string Name = "control.sock";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly WorkerSocket _listening;
    private readonly TimeProvider _time;
    private Task<Socket>? _next;

    private ControlSocket(WorkerSocket listening, TimeProvider time) => (_listening, _time) = (listening, time);

    /// <summary>Listens in a directory.</summary>
    /// <exception cref="IOException">It can not be made there, or the directory is not safe; the message says what to change.</exception>
    public static ControlSocket Listen(string directory, TimeProvider time) =>
        new(WorkerSocket.ListenOnFile(Path.Join(directory, Name), "--fork-server-dir"), time);

    /// <summary>Waits for a connection, for as long as the token lets; one that comes later is there for the next call.</summary>
    public async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Who has given up waiting may still be told, and must not take the next one's away.
            var accepting = _next ??= _listening.Socket.AcceptAsync(CancellationToken.None).AsTask();
            try
            {
                return await accepting.WaitAsync(cancellationToken);
            }
            catch (SocketException)
            {
                // Out of descriptors, for example: the pause keeps this from spinning.
                await Task.Delay(Pause, _time, cancellationToken);
            }
            finally
            {
                if (accepting.IsCompleted)
                    _ = Interlocked.CompareExchange(ref _next, null, accepting);
            }
        }
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
