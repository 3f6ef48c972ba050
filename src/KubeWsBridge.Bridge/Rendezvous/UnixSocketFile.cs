using System.Net.Sockets;
using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The file by which workers find a unix socket: only for this user, never in the place of anything alive, and removed at the end.</summary>
[SupportedOSPlatform("linux")]
internal sealed class UnixSocketFile : IDisposable
{
    private readonly string _path;
    private readonly FileStatus _status;
    private readonly string _option;
    private int _disposed;

    private UnixSocketFile(string path, FileStatus status, string option) => (_path, _status, _option) = (path, status, option);

    /// <summary>Binds the socket to the path, after a stale file there is removed.</summary>
    /// <exception cref="IOException">The place is taken or not safe; the message says what to change.</exception>
    public static UnixSocketFile Bind(Socket socket, string path, string option)
    {
        try
        {
            SocketDirectory.Check(Path.GetDirectoryName(path) ?? "/", option);
            StaleSocket.Remove(path, option);
            socket.Bind(new UnixSocketEndPoint(path));
            return new UnixSocketFile(path, FileStatus.Read(path) ?? throw Replaced(path, option), option);
        }
        catch (Exception exception) when (exception is SocketException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The worker socket {path} ({option}) can't be made: {exception.Message}. "
                    + $"User {FileStatus.User} must be able to make and remove files there.",
                exception);
        }
    }

    /// <summary>
    /// Keeps other users out (0600). To be called before the socket listens: nobody can connect until then, so nobody is early enough to meet
    /// the permissions it was made with.
    /// </summary>
    public void Protect() => File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>
    /// Makes sure, once the socket listens, that the file is still its own: another process that started at the same moment may have taken it
    /// for a stale one.
    /// </summary>
    /// <exception cref="IOException">It is another's, or gone.</exception>
    public void Confirm()
    {
        if (!IsOurs())
            throw Replaced(_path, _option);
    }

    /// <summary>
    /// Removes the file if it is still ours, once. To be called while the socket is open: it holds the inode, whose number could otherwise be
    /// another's.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        try
        {
            if (IsOurs())
                File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The directory is no longer ours to change. The next start finds the file stale.
        }
    }

    private bool IsOurs() => FileStatus.Read(_path) is { } now && now.IsSameFileAs(_status);

    private static IOException Replaced(string path, string option) =>
        new($"The worker socket {path} ({option}) was replaced while this process started: another one starts with the same path. "
            + "Give each its own.");
}
