using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Tests.Rendezvous;

[SupportedOSPlatform("linux")]
public sealed class WorkerSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwb-socket-").FullName;

    private string FilePath => Path.Combine(_folder, "workers.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Listen_Tcp_HasTheRealPort()
    {
        using var listening = WorkerSocket.Listen(new RendezvousOptions());
        using var worker = new TcpClient();

        await worker.ConnectAsync(listening.Address.Host, listening.Address.Port);
        using var accepted = await listening.Socket.AcceptAsync();

        Assert.Equal(((IPEndPoint)listening.Socket.LocalEndPoint!).Port, listening.Address.Port);
        Assert.Equal(AddressFamily.InterNetwork, accepted.AddressFamily);
    }

    [Fact]
    public async Task Listen_UnixSocket_WorkersConnect()
    {
        using var listening = Listen();
        using var worker = Connect();

        using var accepted = await listening.Socket.AcceptAsync();
        await worker.SendAsync("hello"u8.ToArray());

        Assert.Equal(5, await accepted.ReceiveAsync(new byte[10]));
        Assert.Equal(AddressFamily.Unix, accepted.AddressFamily);
        Assert.Equal($"unix:{FilePath}", listening.Address.ToString());
    }

    [Fact]
    public void Listen_UnixSocket_IsForItsUserOnly()
    {
        using var listening = Listen();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void Listen_PathOf107Bytes_IsTheLongestThatWorks()
    {
        var path = Path.Combine(_folder, new string('x', UnixSocketPath.MaxBytes - _folder.Length - 1));
        using var listening = Listen(path);

        Connect(path).Dispose();
    }

    [Fact]
    public void Listen_StaleSocket_IsReplaced()
    {
        Abandon();

        using var listening = Listen();

        Connect().Dispose();
    }

    [Fact]
    public void Listen_SocketThatIsInUse_IsRefusedAndLeftAlone()
    {
        using var other = Listen();

        var message = Assert.Throws<IOException>(() => Listen()).Message;

        Assert.Equal(
            $"{FilePath} (--tcp-bind) is in use: another process listens on it. Give each bridge a path of its own, or stop the other process.", message);
        Connect().Dispose();
    }

    [Fact]
    public void Listen_SocketInUseWithAFullQueue_IsRefused()
    {
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixSocketEndPoint(FilePath));
        other.Listen(0);
        using var first = Connect();

        Assert.Contains("is in use", Assert.Throws<IOException>(() => Listen()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Listen_SocketOfAnotherKind_IsRefusedAndLeftAlone()
    {
        using var other = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        other.Bind(new UnixSocketEndPoint(FilePath));

        Assert.Contains("whether it is in use can't be told", Assert.Throws<IOException>(() => Listen()).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(FilePath));
    }

    [Fact]
    public void Listen_FileThatIsNoSocket_IsRefusedAndLeftAlone()
    {
        File.WriteAllText(FilePath, "precious");

        var message = Assert.Throws<IOException>(() => Listen()).Message;

        Assert.Equal(
            $"{FilePath} (--tcp-bind) is a file that is not a socket, and is left alone. Move it away, or give another path.", message);
        Assert.Equal("precious", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Listen_LinkToAStaleSocket_IsRefusedAndLeftAlone()
    {
        var target = Path.Combine(_folder, "target");
        Abandon(target);
        File.CreateSymbolicLink(FilePath, target);

        Assert.Contains("is not a socket", Assert.Throws<IOException>(() => Listen()).Message, StringComparison.Ordinal);
        Assert.Equal(target, new FileInfo(FilePath).LinkTarget);
    }

    [Fact]
    public void Listen_DirectoryThatOthersCanWrite_IsRefused()
    {
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherWrite);

        Assert.Contains("chmod go-w", Assert.Throws<IOException>(() => Listen()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_Twice_RemovesTheFileOnce()
    {
        var listening = Listen();
        listening.Dispose();
        Assert.False(File.Exists(FilePath));

        using var next = Listen();
        listening.Dispose();

        Connect().Dispose();
    }

    [Fact]
    public void Dispose_FileReplacedByAnother_LeavesThat()
    {
        using var listening = Listen();
        File.Delete(FilePath);
        using var next = Listen();

        listening.Dispose();

        Connect().Dispose();
    }

    [Fact]
    public void Dispose_FileGone_IsHarmless()
    {
        using var listening = Listen();

        File.Delete(FilePath);
    }

    [Fact]
    public void Confirm_FileTakenBeforeItListened_IsAFailure()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var file = UnixSocketFile.Bind(socket, FilePath, "--tcp-bind");
        using var faster = Listen();

        socket.Listen();

        Assert.Contains("was replaced while this process started", Assert.Throws<IOException>(file.Confirm).Message, StringComparison.Ordinal);
    }

    private WorkerSocket Listen(string? path = null) => WorkerSocket.Listen(new RendezvousOptions { TcpBind = "unix:" + (path ?? FilePath) });

    private Socket Connect(string? path = null)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path ?? FilePath));
        return socket;
    }

    /// <summary>Leaves what a killed process leaves: a file without a listener.</summary>
    private void Abandon(string? path = null)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixSocketEndPoint(path ?? FilePath));
        socket.Listen();
    }
}
