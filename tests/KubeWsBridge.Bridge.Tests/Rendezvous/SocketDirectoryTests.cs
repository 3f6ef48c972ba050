using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Tests.Rendezvous;

[SupportedOSPlatform("linux")]
public sealed class SocketDirectoryTests : IDisposable
{
    private const uint Us = 1000;
    private readonly string _folder = Directory.CreateTempSubdirectory("kwb-directory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Check_OwnDirectory_IsFine() => SocketDirectory.Check(_folder, "--tcp-bind");

    [Fact]
    public void Check_LinkToAnOwnDirectory_IsFine()
    {
        var link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(Path.Combine(_folder, "target")).FullName);

        SocketDirectory.Check(link, "--tcp-bind");
    }

    [Fact]
    public void Check_NoDirectory_SaysHowToMakeIt()
    {
        var missing = Path.Combine(_folder, "missing");

        Assert.Equal(
            $"The directory {missing} of the worker socket (--tcp-bind) does not exist. Make it: mkdir -m 700 {missing}",
            Assert.Throws<IOException>(() => SocketDirectory.Check(missing, "--tcp-bind")).Message);
    }

    [Fact]
    public void Check_File_IsNoDirectory()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Contains("is not a directory", Assert.Throws<IOException>(() => SocketDirectory.Check(file, "--tcp-bind")).Message, StringComparison.Ordinal);
        Assert.Contains("Not a directory", Assert.Throws<IOException>(() => SocketDirectory.Check(file + "/below", "--tcp-bind")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0755")]
    [InlineData("0700")]
    [InlineData("1777")]
    [InlineData("1770")]
    public void Check_ModeThatKeepsOthersFromReplacing_IsFine(string mode)
    {
        SocketDirectory.Check("/run/kwb", "--tcp-bind", Status(mode, Us), Us);
        SocketDirectory.Check("/run/kwb", "--tcp-bind", Status(mode, owner: 0), Us);
    }

    [Theory]
    [InlineData("0777")]
    [InlineData("0770")]
    [InlineData("2775")]
    [InlineData("0702")]
    public void Check_ModeThatLetsOthersReplace_SaysWhichChmod(string mode) =>
        Assert.Equal(
            $"The directory /run/kwb of the worker socket (--tcp-bind) has mode {mode}, with which other users could replace the socket. "
                + "Take that from them: chmod go-w /run/kwb (or chmod +t, as /tmp has it, if they need the directory)",
            Assert.Throws<IOException>(() => SocketDirectory.Check("/run/kwb", "--tcp-bind", Status(mode, Us), Us)).Message);

    [Fact]
    public void Check_DirectoryOfSomebodyElse_SaysWhose() =>
        Assert.Equal(
            "The directory /run/kwb of the worker socket (--tcp-bind) belongs to user 33, who could replace the socket. "
                + "Use a directory that belongs to user 1000 or to root, or run: chown 1000 /run/kwb",
            Assert.Throws<IOException>(() => SocketDirectory.Check("/run/kwb", "--tcp-bind", Status("0700", owner: 33), Us)).Message);

    private static FileStatus Status(string mode, uint owner) => new(Device: 1, Inode: 2, owner, 0x4000 | Convert.ToInt32(mode, 8));
}
