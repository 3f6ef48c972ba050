using System.Net.Sockets;
using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>What an earlier process, ended too suddenly to clean up, has left at the path of a unix socket.</summary>
[SupportedOSPlatform("linux")]
internal static class StaleSocket
{
    /// <summary>Removes a socket file on which nobody listens; does nothing when there is no file.</summary>
    /// <exception cref="IOException">Somebody listens, or may do so, or the file is no socket; the message says what to change.</exception>
    public static void Remove(string path, string option)
    {
        if (FileStatus.Read(path) is not { } found)
            return;
        if (!found.IsSocket)
            throw Taken(path, option, "is a file that is not a socket, and is left alone", "Move it away, or give another path.");
        switch (Probe(path))
        {
            case SocketError.ConnectionRefused:
                // Not what somebody else has put there since it was looked at.
                if (FileStatus.Read(path) is { } now && now.IsSameFileAs(found))
                    File.Delete(path);
                break;
            case SocketError.Success or SocketError.WouldBlock: // a full queue is a listener too
                throw Taken(path, option, "is in use: another process listens on it", "Give each bridge a path of its own, or stop the other process.");
            case var error:
                throw Taken(path, option, $"exists, and whether it is in use can't be told ({error})", "Give another path, or remove it when nobody needs it.");
        }
    }

    private static SocketError Probe(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixSocketEndPoint(path));
            return SocketError.Success;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }

    private static IOException Taken(string path, string option, string why, string fix) => new($"{path} ({option}) {why}. {fix}");
}
