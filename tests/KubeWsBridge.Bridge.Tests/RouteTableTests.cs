using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Tests.Launching;

namespace KubeWsBridge.Bridge.Tests;

public class RouteTableTests
{
    private static readonly LauncherTable Launchers = LauncherTable.Standard();

    [Theory]
    [InlineData("/chat", "/chat")]
    [InlineData("/chat/", "/chat/*")]
    [InlineData("/chat/room", "/chat/*")]
    [InlineData("/chat/admin", "/chat/admin")]
    [InlineData("/chat/admin/x", "/chat/*")]
    [InlineData("/feed", "/feed/*")]
    [InlineData("/feeding", "/*")]
    [InlineData("/Chat", "/*")]
    [InlineData("/", "/*")]
    [InlineData("", "/*")]
    public void Enter_SeveralRoutes_LongestWins(string path, string expected)
    {
        var table = Table("/*", "/chat", "/chat/*", "/feed/*", "/chat/admin");

        Assert.Equal(expected, table.Enter(path)!.Options.Path);
    }

    [Fact]
    public void Enter_NoRoute_IsNull() => Assert.Null(Table("/chat", "/feed/*").Enter("/other"));

    [Fact]
    public void Constructor_UnknownLauncher_NamesTheKnown()
    {
        var failure = Assert.Throws<ArgumentException>(
            () => new RouteTable([new RouteOptions { Executable = "php", Launcher = "teleport" }], Launchers, Launches.Context()));

        Assert.Contains("process", failure.Message, StringComparison.Ordinal);
    }

    private static RouteTable Table(params string[] paths) =>
        new(paths.Select(path => new RouteOptions { Path = path, Executable = "php" }), Launchers, Launches.Context());
}
